"""The look: what every page promises to eyes, to screen readers and to slow lines."""
