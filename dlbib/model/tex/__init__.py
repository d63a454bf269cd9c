"""TeX, as records have it in their texts: read as Unicode with CSL's markup, and written again."""
