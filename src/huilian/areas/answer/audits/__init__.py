"""「经济责任审计」 Audits of village heads: before they take office, while in it, and when they leave."""
