"""Where people report: their own work, a unit's report of a period, and everything that is sent from it."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from ledtrad.apps.reporting.views.my_work import my_work
from ledtrad.apps.reporting.views.workspace.answering import answer
from ledtrad.apps.reporting.views.workspace.conflict import conflict
from ledtrad.apps.reporting.views.workspace.grid import save_grid
from ledtrad.apps.reporting.views.workspace.moving import decide, submit
from ledtrad.apps.reporting.views.workspace.page import open_now, workspace
from ledtrad.apps.reporting.views.workspace.pasting import paste_rows
from ledtrad.apps.reporting.views.workspace.saving import restore, save, who


class DatabaseId(IntConverter):
    """A number that the database can have given: a longer one leads nowhere instead of into an error."""

    regex = "[0-9]{1,18}"


register_converter(DatabaseId, "id")
_REPORT = "arbete/<int:year>/<slug:unit>/<slug:period>/"

urlpatterns = [
    path("arbete/", my_work, name="my_work"),
    path("arbete/vem/", who, name="who"),
    path("arbete/rad/<id:row_id>/", save, name="save_row"),
    path("arbete/rad/<id:row_id>/angra/", restore, name="restore_row"),
    path("arbete/konflikt/<id:set_aside_id>/", conflict, name="conflict"),
    path(_REPORT, workspace, name="workspace"),
    path(f"{_REPORT}oppna/", open_now, name="open_report"),
    path(f"{_REPORT}rader/", save_grid, name="save_grid"),
    path(f"{_REPORT}klistra-in/", paste_rows, name="paste_rows"),
    path(f"{_REPORT}lamna-in/", submit, name="report_submit"),
    path(f"{_REPORT}besluta/", decide, name="report_decide"),
    path(f"{_REPORT}fraga/<id:question_id>/", answer, name="answer_question"),
]
