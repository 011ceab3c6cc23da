"""By which channels notices leave the portal: name → class; see portal/notifications/channels."""

from portal.settings import env

# local hour of the promised day from which an office that is not done says sorry; it must leave on that day
APOLOGY_HOUR = env.number("APOLOGY_HOUR", 16)

NOTICE_CHANNELS = {
    "mail": "portal.notifications.channels.mail.MailChannel",
    "sms": "portal.notifications.channels.sms.ConsoleSms",
    "push": "portal.notifications.channels.push.ConsolePush",
}
