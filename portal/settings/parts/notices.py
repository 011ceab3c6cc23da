"""By which channels notices leave the portal: name → class; see portal/notifications/channels."""

NOTICE_CHANNELS = {
    "mail": "portal.notifications.channels.mail.MailChannel",
    "sms": "portal.notifications.channels.sms.ConsoleSms",
    "push": "portal.notifications.channels.push.ConsolePush",
}
