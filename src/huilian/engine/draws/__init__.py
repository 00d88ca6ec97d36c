"""「抽取」 Draws by lot that anybody can draw again."""
