"""巡察、督查、整改: who is inspected when and by whom, what was found, and whether it was truly put right."""
