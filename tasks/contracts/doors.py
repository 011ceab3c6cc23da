"""A room is entered through its doors only."""

from __future__ import annotations

from grimp import ImportGraph
from importlinter.application import output
from importlinter.domain import fields
from importlinter.domain.contract import Contract, ContractCheck

from tasks.contracts.reading import names


class DoorsContract(Contract):
    """Modules of a room other than its doors are imported from inside the room alone.

    Options: ``rooms`` (packages), ``doors`` (names of modules or packages directly below a room),
    ``open_modules`` (whole packages open to everybody).
    """

    type_name = "doors"

    rooms = fields.SetField(subfield=fields.StringField())
    doors = fields.SetField(subfield=fields.StringField())
    open_modules = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: FBT001 - the library's signature
        """Collect every import that climbs in through a window."""
        output.verbose_print(verbose, "Looking for imports that bypass a room's doors.")
        windows = [
            {"importer": importer, "imported": module}
            for room in sorted(names(self.rooms))
            for module in sorted(graph.find_descendants(room))
            if self._is_inside(room, module)
            for importer in sorted(graph.find_modules_that_directly_import(module))
            if not _within(importer, room)
        ]
        return ContractCheck(kept=not windows, metadata={"windows": windows})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import and what to do instead."""
        for window in check.metadata["windows"]:
            output.print_error(f"{window['importer']} imports {window['imported']}", bold=False)
        output.new_line()
        output.print(
            f"Enter a room through {', '.join(sorted(names(self.doors)))}; offer there what others need."
        )

    def _is_inside(self, room: str, module: str) -> bool:
        first = module.removeprefix(f"{room}.").partition(".")[0]
        is_open = any(_within(module, package) for package in names(self.open_modules))
        return first not in names(self.doors) and not is_open


def _within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")
