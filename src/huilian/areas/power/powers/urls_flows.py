"""/desk/powers/flows/: procedures as the county draws them."""

from django.urls import path

from .views import flow_editor, flows

urlpatterns = [
    path("flows/", flows.listing, name="powers-flows"),
    path("flows/new/", flow_editor.new, name="powers-flow-new"),
    path("flows/<str:key>/", flows.shown, name="powers-flow"),
    path("flows/<str:key>/compare/", flows.compared, name="powers-flow-compare"),
    path("flows/<str:key>/print/", flows.printed, name="powers-flow-print"),
    path("flows/<str:key>/procedure.bpmn", flows.bpmn, name="powers-flow-bpmn"),
    path("flows/<str:key>/draft/", flow_editor.editor, name="powers-flow-draft"),
    path("flows/<str:key>/draft/head/", flow_editor.head, name="powers-flow-head"),
    path("flows/<str:key>/draft/upload/", flow_editor.upload, name="powers-flow-upload"),
    path("flows/<str:key>/draft/publish/", flow_editor.publish, name="powers-flow-publish"),
    path("flows/<str:key>/draft/discard/", flow_editor.discard, name="powers-flow-discard"),
]
