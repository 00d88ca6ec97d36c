"""「线索与案件」 Leads: registered sealed, weighed, disposed of in four ways, verified, filed, decided, fed back."""
