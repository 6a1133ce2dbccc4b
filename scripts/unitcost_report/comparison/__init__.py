"""Pages of comparisons, duels and pilots: from what `unitcost compare`, `duel` and `duel --pilot` write to the same figures,
tables and page as a run has. Nothing here judges: outcomes, margins and reasons are those of the document."""
