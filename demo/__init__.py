"""The demonstration county 安澜县 and its story, told by calling the product's services. Everything in it is invented.

`county` builds places, units, posts and people; `cast` names those who can sign in; `story` lets a year go by.
Dates count back from today, so the demonstration never grows old, and one seed number gives the same county again.
"""
