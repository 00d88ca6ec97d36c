"""What django-axes answers for a locked account: the page our own view made, with its sentence."""


def answer(request, original_response=None, credentials=None):
    return original_response
