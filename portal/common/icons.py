"""The portal's own icons: shapes on a grid of 24, stroke 1.75, in the colour of the words beside them.

Drawn for this project. Each value is the inside of an `<svg>`; `{% icon "send" %}` puts it on a page.
"""

from __future__ import annotations

ICONS: dict[str, str] = {
    # direction
    "arrow-right": '<path d="M4.5 12h15M13.5 6l6 6-6 6"/>',
    "arrow-left": '<path d="M19.5 12h-15M10.5 6l-6 6 6 6"/>',
    "chevron-right": '<path d="M9 5.5l6.5 6.5L9 18.5"/>',
    "chevron-left": '<path d="M15 5.5L8.5 12l6.5 6.5"/>',
    "chevron-down": '<path d="M5.5 9l6.5 6.5L18.5 9"/>',
    "external": '<path d="M13.5 4.5h6v6M19.5 4.5l-9 9M10 6H5.5v12.5H18V14"/>',
    # what happened
    "check": '<path d="M4.5 12.8l5 5L19.5 7"/>',
    "cross": '<path d="M6 6l12 12M18 6L6 18"/>',
    "info": '<circle cx="12" cy="12" r="8.75"/><path d="M12 11v5.5M12 7.4v.2"/>',
    "warning": '<path d="M12 4L2.9 19.75h18.2L12 4zM12 10.2v4.4M12 17v.2"/>',
    "clock": '<circle cx="12" cy="12" r="8.75"/><path d="M12 7v5.2l3.4 2"/>',
    "pause": '<circle cx="12" cy="12" r="8.75"/><path d="M9.9 8.8v6.4M14.1 8.8v6.4"/>',
    "turn": '<path d="M19.3 10A7.6 7.6 0 1 0 19.6 13.2M19.8 4.8V10h-5.2"/>',
    "send": '<path d="M20.5 3.5L3.5 10.3l6.6 3.6 3.6 6.6 6.8-17zM10.1 13.9l4.4-4.4"/>',
    "inbox": '<path d="M3.8 13.5L6.6 5h10.8l2.8 8.5v5.7H3.8v-5.7zM3.8 13.5h4.7l1.2 2.5h4.6l1.2-2.5h4.7"/>',
    "withdraw": '<path d="M8.5 5L4 9.5 8.5 14M4 9.5h10.2a5 5 0 0 1 0 10H9"/>',
    "coin": '<circle cx="12" cy="12" r="8.75"/><path d="M14.6 7v8.2M10.9 7.9h5M14.6 11.4a2.6 2.6 0 1 0 0 2.2'
    'M9.2 17.3h5.8"/>',
    "shield": '<path d="M12 3.5l7.3 2.7v5.3c0 4.4-3 7.6-7.3 9-4.3-1.4-7.3-4.6-7.3-9V6.2L12 3.5zM8.6 12l2.5 2.5'
    ' 4.4-4.8"/>',
    "lock": '<path d="M5.5 10.8h13v9h-13zM8.2 10.8V8a3.8 3.8 0 0 1 7.6 0v2.8M12 14.4v2"/>',
    "bell": '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15L6 16.5zM10 20.8h4"/>',
    "star": '<path d="M12 4l2.5 5.1 5.6.8-4 4 .9 5.6-5-2.6-5 2.6.9-5.6-4-4 5.6-.8L12 4z"/>',
    # doing
    "search": '<circle cx="10.5" cy="10.5" r="6.25"/><path d="M15.2 15.2l5 5"/>',
    "filter": '<path d="M4 6.5h16M7 12h10M10 17.5h4"/>',
    "menu": '<path d="M4 6.75h16M4 12h16M4 17.25h16"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "minus": '<path d="M5 12h14"/>',
    "pencil": '<path d="M4.5 19.5l1-4.2L16.2 4.6l3.2 3.2L8.7 18.5l-4.2 1zM13.8 7l3.2 3.2"/>',
    "trash": '<path d="M4.5 7h15M9.5 7V4.3h5V7M6.5 7l.9 12.7h9.2L17.5 7M10.2 10.8v5.4M13.8 10.8v5.4"/>',
    "download": '<path d="M12 4v11M7.2 10.6L12 15.4l4.8-4.8M4.5 19.5h15"/>',
    "upload": '<path d="M12 15.5v-11M7.2 9.3L12 4.5l4.8 4.8M4.5 19.5h15"/>',
    "print": '<path d="M7 8.5V4h10v4.5M7 16.5H4V8.5h16v8H17M7 13.5h10V20H7zM16.8 11v.1"/>',
    "save": '<path d="M4.5 4.5h12l3 3v12h-15zM8 4.5v5h7.5v-5M7.5 19.5v-6h9v6"/>',
    "eye": '<path d="M2.8 12C5 8 8.2 6 12 6s7 2 9.2 6c-2.2 4-5.4 6-9.2 6s-7-2-9.2-6z"/>'
    '<circle cx="12" cy="12" r="2.75"/>',
    "camera": '<path d="M3.5 8h4l1.6-2.8h5.8L16.5 8h4v11.3h-17z"/><circle cx="12" cy="13.2" r="3.4"/>',
    "zoom-in": '<circle cx="10.5" cy="10.5" r="6.25"/><path d="M15.2 15.2l5 5M10.5 8v5M8 10.5h5"/>',
    "zoom-out": '<circle cx="10.5" cy="10.5" r="6.25"/><path d="M15.2 15.2l5 5M8 10.5h5"/>',
    "swap": '<path d="M4 8.2h15.5M15.5 4.2l4 4-4 4M20 15.8H4.5M8.5 11.8l-4 4 4 4"/>',
    "sign-out": '<path d="M13.5 4.5h-9v15h9M9.5 12h11M16.5 8l4 4-4 4"/>',
    # people
    "user": '<circle cx="12" cy="8" r="3.75"/><path d="M4.8 20c.5-4 3.2-6 7.2-6s6.7 2 7.2 6"/>',
    "family": '<circle cx="8" cy="7.5" r="3"/><circle cx="16.8" cy="10.6" r="2.2"/>'
    '<path d="M2.8 19.5c.3-4.2 2.2-6.3 5.2-6.3 2.2 0 3.8 1.1 4.6 3.3M12.6 19.5c.2-2.8 1.7-4.3 4.2-4.3s4 1.5 4.2 4.3"/>',
    "child": '<circle cx="12" cy="5.6" r="2.6"/><path d="M12 8.4c-2.6 0-4 1.6-4 4.2v2.6h1.6l.5 5.3h3.8l.5-5.3H16v-2.6'
    'c0-2.6-1.4-4.2-4-4.2zM12 15.4v5"/>',
    "chat": '<path d="M4 5h16v11.5h-8.6L7 20v-3.5H4zM8 9.2h8M8 12.4h5"/>',
    "phone": '<path d="M6.2 4h3.4l1.6 4.2-2.2 1.6a11.6 11.6 0 0 0 5.2 5.2l1.6-2.2L20 14.4v3.4c0 1.2-1 2.2-2.2 2.1'
    'C10.6 19.4 4.6 13.4 4.1 6.2 4 5 5 4 6.2 4z"/>',
    "mail": '<path d="M3.5 6h17v12.5h-17zM3.5 7l8.5 6.5L20.5 7"/>',
    # things
    "calendar": '<path d="M4.5 6h15v13.5h-15zM4.5 10.2h15M8.5 3.8v4M15.5 3.8v4"/>',
    "file": '<path d="M6 3.5h8l4.5 4.5v12.5H6zM13.7 3.7V8.3h4.6M9 12.5h6.5M9 16h6.5"/>',
    "folder": '<path d="M3.5 6h6l2 2.5h9v11h-17z"/>',
    "book": '<path d="M12 6.5C9.8 5 7 4.5 3.5 4.8v13.5c3.5-.3 6.3.2 8.5 1.7 2.2-1.5 5-2 8.5-1.7V4.8'
    'C17 4.5 14.2 5 12 6.5zM12 6.5V20"/>',
    "certificate": '<path d="M13 16.5H3.5v-12h17v12h-1M7 8.5h10M7 12h5"/><circle cx="16.2" cy="14.5" r="2.6"/>'
    '<path d="M14.8 16.8V21l1.4-1 1.4 1v-4.2"/>',
    "seal": '<circle cx="12" cy="9.5" r="5.75"/><path d="M9.5 9.6l1.8 1.8 3.2-3.6M8.6 14.2L7.5 20.8l4.5-2.3'
    ' 4.5 2.3-1.1-6.6"/>',
    "wallet": '<path d="M4 7.5h16.5v12H4zM4 7.5l11.5-3.7 1 3.7M20.5 11.5H16a2 2 0 0 0 0 4h4.5M16.3 13.4v.2"/>',
    "school": '<path d="M12 3.8v4M12 4h4.2v2.4H12M6.5 11.2L12 7.5l5.5 3.7M6.5 11v9M17.5 11v9M2.8 20h18.4'
    'M3.8 20v-5.8h2.7M20.2 20v-5.8h-2.7M10.2 20v-4.5h3.6V20"/>',
    "building": '<path d="M3.5 20h17M5 20V9.2M19 20V9.2M3.5 9L12 4l8.5 5zM9.5 20v-7.5M14.5 20v-7.5"/>',
    "home": '<path d="M3.8 11.5L12 4.5l8.2 7M6 10v9.5h12V10M10 19.5v-5.5h4v5.5"/>',
    "pin": '<path d="M12 20.8c4-4.3 6.3-7.7 6.3-10.5a6.3 6.3 0 0 0-12.6 0c0 2.8 2.3 6.2 6.3 10.5z"/>'
    '<circle cx="12" cy="10.2" r="2.25"/>',
    "globe": '<circle cx="12" cy="12" r="8.75"/><path d="M3.4 12h17.2M12 3.3c2.4 2.6 3.6 5.5 3.6 8.7s-1.2 6.1-3.6 8.7'
    'c-2.4-2.6-3.6-5.5-3.6-8.7s1.2-6.1 3.6-8.7z"/>',
    "news": '<path d="M4 5h13v14.5H5.5A1.5 1.5 0 0 1 4 18zM17 9h3v9a1.5 1.5 0 0 1-3 0M7.2 8.5h6.6M7.2 12h6.6M7.2 15.5h4"/>',
    "help": '<circle cx="12" cy="12" r="8.75"/><path d="M9.3 9.6a2.7 2.7 0 1 1 4 2.4c-.9.5-1.3 1-1.3 2M12 16.6v.2"/>',
    "chart": '<path d="M4 4.5v15h16.5M8.5 16v-4M13 16V8M17.5 16v-6"/>',
    "list": '<path d="M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.2M4.5 12h.2M4.5 17.5h.2"/>',
    "offline": '<path d="M4 4l16 16M6.5 11.5a8 8 0 0 1 3-1.9M3.5 8.3a12 12 0 0 1 2.7-1.7M12.5 9a8 8 0 0 1 5 2.5'
    'M11 4.9a12 12 0 0 1 9.5 3.4M9.2 15a4 4 0 0 1 4.3-.8M12 18.5v.2"/>',
}
