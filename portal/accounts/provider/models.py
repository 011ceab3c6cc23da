"""The persons whom the sample provider knows. All of them are made up."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ImproperlyConfigured
from django.db import models

from portal.common.fields import EncryptedTextField

if not apps.is_installed("portal.accounts.provider"):
    # lying below portal.accounts, the model would else quietly become one of the portal's own
    raise ImproperlyConfigured("portal.accounts.provider plays VNeID and runs with its own settings only.")


class Person(AbstractBaseUser):
    """One holder of a VNeID account. ``subject`` is what a portal sees instead of a key of this table."""

    subject = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    personal_id = EncryptedTextField()
    personal_id_index = models.CharField(max_length=64, unique=True, help_text="blind index")
    full_name = models.CharField(max_length=120)
    birth_date = models.DateField(null=True)
    phone = models.CharField(max_length=16, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    listed = models.BooleanField(default=False, help_text="shown on the sign-in page with the password")
    demo_password = models.CharField(max_length=60, blank=True, help_text="of listed persons only")
    is_active = models.BooleanField(default=True)

    objects: ClassVar[models.Manager[Person]] = models.Manager()

    USERNAME_FIELD = "personal_id_index"

    def __str__(self) -> str:
        return self.full_name
