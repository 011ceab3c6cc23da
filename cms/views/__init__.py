"""Pages of this room beside the tree."""
