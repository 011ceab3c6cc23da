"""What every profile shares, put together from its parts."""

from portal.settings.parts.apps import *
from portal.settings.parts.assistant import *
from portal.settings.parts.language import *
from portal.settings.parts.logs import *
from portal.settings.parts.notices import *
from portal.settings.parts.pages import *
from portal.settings.parts.payment import *
from portal.settings.parts.places import *
from portal.settings.parts.security import *
from portal.settings.parts.work import *
