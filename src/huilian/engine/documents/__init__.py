"""「文书与附件」 Official papers in Word and PDF by GB/T 9704-2012; uploads checked by their content."""
