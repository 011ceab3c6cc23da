"""Some modules may know a short list of others and nothing else of this house."""

from __future__ import annotations

from grimp import ImportGraph
from importlinter.application import output
from importlinter.domain import fields
from importlinter.domain.contract import Contract, ContractCheck

from tasks.contracts.reading import names


class OnlyContract(Contract):
    """Every first-party import below ``sources`` leads into one of ``allowed``.

    Options: ``sources`` and ``allowed`` (packages).
    """

    type_name = "only"

    sources = fields.SetField(subfield=fields.StringField())
    allowed = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: FBT001 - the library's signature
        """Collect every import that leads elsewhere."""
        output.verbose_print(verbose, "Looking for imports beyond the allowed ones.")
        beyond = [
            {"importer": module, "imported": imported}
            for source in sorted(names(self.sources))
            for module in sorted({source, *graph.find_descendants(source)})
            for imported in sorted(graph.find_modules_directly_imported_by(module))
            if not graph.is_module_squashed(imported) and not self._is_allowed(imported, source)
        ]
        return ContractCheck(kept=not beyond, metadata={"beyond": beyond})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import."""
        for import_ in check.metadata["beyond"]:
            output.print_error(f"{import_['importer']} imports {import_['imported']}", bold=False)
        output.new_line()
        output.print(f"Allowed are: {', '.join(sorted(names(self.allowed)))}.")

    def _is_allowed(self, imported: str, source: str) -> bool:
        return any(
            imported == place or imported.startswith(f"{place}.")
            for place in (*names(self.allowed), source)
        )
