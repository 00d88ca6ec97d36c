"""惠廉 Huilian: every use of grassroots power as a case with a procedure, a clock, a post and a trail."""

__version__ = "0.1.0"
