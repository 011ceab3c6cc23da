from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "portal.documents"
    label = "documents"
    verbose_name = "Giấy tờ"

    def ready(self) -> None:
        from portal.common import rotation  # noqa: PLC0415 - models must be loaded first
        from portal.documents import storage  # noqa: PLC0415 - models must be loaded first
        from portal.documents.models import (  # noqa: PLC0415 - models must be loaded first
            GeneratedDocument,
            PaperFile,
        )

        # files are not columns: a rotation of keys would not find them by itself
        for model, column in (
            (PaperFile, "stored_name"),
            (PaperFile, "preview_name"),
            (GeneratedDocument, "stored_name"),
        ):
            rotation.register(f"files of {model.__name__}.{column}", storage.walk(model, column))
