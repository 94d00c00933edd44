"""The goals' addresses."""

from django.urls import path

from ledtrad.apps.goals.views.matrix import matrix
from ledtrad.apps.goals.views.plan.activities import change_one, new_activities
from ledtrad.apps.goals.views.plan.answerers import answerers
from ledtrad.apps.goals.views.plan.copying import copy
from ledtrad.apps.goals.views.plan.goals import change_goal, new_goal
from ledtrad.apps.goals.views.plan.history import history
from ledtrad.apps.goals.views.plan.indicators import new_indicator, target
from ledtrad.apps.goals.views.plan.owners import owners
from ledtrad.apps.goals.views.plan.tree import branch, plan
from ledtrad.apps.goals.views.plan.unit import adopt, plan_of_unit
from ledtrad.apps.goals.views.year import latest, year

urlpatterns = [
    path("", latest, name="overview"),
    path("<int:year>/", year, name="year"),
    path("<int:year>/matris/", matrix, name="matrix"),
    path("plan/<int:year>/", plan, name="plan"),
    path("plan/<int:year>/kopiera/", copy, name="plan_copy"),
    path("plan/<int:year>/under/<str:code>/", branch, name="plan_branch"),
    path("plan/<int:year>/historik/<path:object_id>/", history, name="plan_history"),
    path("plan/<int:year>/<slug:unit>/", plan_of_unit, name="plan_of_unit"),
    path("plan/<int:year>/<slug:unit>/anta/", adopt, name="plan_adopt"),
    path("plan/<int:year>/<slug:unit>/nytt-mal/", new_goal, name="plan_new_goal"),
    path("plan/<int:year>/<slug:unit>/mal/<str:code>/", change_goal, name="plan_change_goal"),
    path("plan/<int:year>/<slug:unit>/aktiviteter/", new_activities, name="plan_new_activities"),
    path("plan/<int:year>/<slug:unit>/aktivitet/<path:code>/", change_one, name="plan_change_activity"),
    path("plan/<int:year>/<slug:unit>/ny-indikator/", new_indicator, name="plan_new_indicator"),
    path("plan/<int:year>/<slug:unit>/arsmal/<str:code>/", target, name="plan_target"),
    path("plan/<int:year>/<slug:unit>/ansvarig/<path:object_id>/", owners, name="plan_owners"),
    path("plan/<int:year>/<slug:unit>/skyldiga/<str:code>/", answerers, name="plan_answerers"),
]
