"""/desk/hotline/: the operators' own screens. One matter is /desk/cases/<number>/."""

from django.urls import path

from . import urls_reporting
from .views import caller, dispatching, lookups, queues, taking

urlpatterns = [
    *urls_reporting.urlpatterns,
    path("take/", taking.take, name="hotline-take"),
    path("take/beside/", taking.beside, name="hotline-beside"),
    path("incoming/", queues.incoming, name="hotline-incoming"),
    path("call-backs/", queues.call_backs, name="hotline-call-backs"),
    path("units/", lookups.units, name="hotline-units"),
    path("places/", lookups.places, name="hotline-places"),
    path("matters/", lookups.matters, name="hotline-matters"),
    path("<str:number>/dispatch/", dispatching.dispatch, name="hotline-dispatch"),
    path("<str:number>/dispatch/lines/", dispatching.lines, name="hotline-lines"),
    path("<str:number>/caller/", caller.caller, name="hotline-caller"),
]
