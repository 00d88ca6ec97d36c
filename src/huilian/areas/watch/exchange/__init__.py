"""「产权交易与公共资源交易」 Lots of four boards, from the village's application to certificate and archive."""
