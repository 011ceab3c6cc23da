"""The made-up province, Tỉnh Hoa Ban."""


def accounts() -> list[tuple[str, str, str]]:
    """List who can sign in to the demo, for whoever starts it: (as whom, with what, where)."""
    from portal.demo.cast import (  # noqa: PLC0415 - the package is imported before the apps are ready
        OFFICER_PASSWORD,
        PARENT_PASSWORD,
        PARENTS,
        WORKERS,
    )

    return [
        *(
            (f"phụ huynh {parent.full_name}", f"{parent.personal_id} / {PARENT_PASSWORD}", "/dang-nhap/")
            for parent in PARENTS
        ),
        *(
            (
                f"{worker.position.lower()} {worker.full_name}",
                f"{worker.username} / {OFFICER_PASSWORD} / mã: ./run manage officer_code {worker.username}",
                "/can-bo/dang-nhap/",
            )
            for worker in WORKERS
        ),
    ]
