"""From analysis.json to a page that opens from disk: `python -m unitcost_report DIR`.

`load` reads the analysis into `model`, `charts` draws, `page` writes the page, `export` the files beside it. Nothing here
knows a scenario: figures are drawn by their kind.
"""
