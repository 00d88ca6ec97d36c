"""「权限」 Which rows a user sees, which acts a post may do, who must step back, and who opened what is sealed."""
