"""BibTeX and BibLaTeX: one reader and one writer, two dialects."""
