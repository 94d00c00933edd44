"""Who gets what from every address of the site: the table that the authorisation tests hold the site against.

One line for an address and a method; ANY stands for the methods that have no line of their own. A method without a
line is not allowed (405), and HEAD answers as GET does. What is posted holds (see `authorisation_world.forms`), so
that only who sends it decides. Cells: the status; "in" for the way to signing in; "on" for the way to another page.

With one cell it is the same for all; with two, the first is for a reader who has not signed in. Else, in order:

    anonymous · reader of the board · reporter of the board · reporter of another board · secretary of the board ·
    head of a unit beneath it · central controller · editor · auditor · administrator

A new address has no line, and the build fails until somebody has said here who may do what with it.
"""

TABLE = """# for everybody
about                                 GET      200
accessibility                         GET      200
choose_language                       POST     on
indicator                             GET      200
definition                            GET      200
indicator_compare                     GET      200
overview                              GET      on
year                                  GET      200
matrix                                GET      200
who                                   GET      200
auditors                              GET      200
opinion                               GET      200
goal                                  GET      200
goal_file                             GET      200
year_file                             GET      200
thread                                GET      200
check                                 GET      200
check                                 POST     422
surveys                               GET      200
survey_wave                           GET      200
survey_result                         GET      200
survey_table                          GET      404
survey_compare                        GET      404

# a survey that is run: the wave is planned, and has no answers
survey_new_wave                       GET      in   403  403  403  403  403  422  403  403  403
survey_plan                           GET      in   403  403  403  403  403  200  403  403  403
survey_plan                           POST     in   403  403  403  403  403  on   403  403  403
survey_cancel                         POST     in   403  403  403  403  403  on   403  403  403
survey_answers                        GET      in   403  403  403  403  403  200  403  200  403
survey_answers                        POST     in   403  403  403  403  403  on   403  403  403
survey_answers_take_in                POST     in   403  403  403  403  403  422  403  403  403
survey_answers_lay_away               POST     in   403  403  403  403  403  on   403  403  403
survey_answers_delete                 POST     in   403  403  403  403  403  422  403  403  403
survey_weights                        GET      in   403  403  403  403  403  200  403  200  403
survey_weights                        POST     in   403  403  403  403  403  422  403  403  403
survey_publish                        GET      in   403  403  403  403  403  200  403  200  403
survey_publish                        POST     in   403  403  403  403  403  422  403  403  403

# open data: for everybody, from any page (OPTIONS), and only to read
open_data                             GET      200
open_indicator                        GET      on
indicator_data                        GET      200
indicator_data                        OPTIONS  204
comparison_data                       GET      200
comparison_data                       OPTIONS  204
goal_data                             GET      200
goal_data                             OPTIONS  204
matrix_data                           GET      200
matrix_data                           OPTIONS  204
survey_data                           GET      404
survey_data                           OPTIONS  204
survey_table_data                     GET      404
survey_table_data                     OPTIONS  204
dcat                                  GET      200
dcat                                  OPTIONS  204
changes_feed                          GET      200
changes_feed                          OPTIONS  204
api_description                       GET      200
api_description                       OPTIONS  204
api_start                             GET      200
api_start                             OPTIONS  204
api_indicators                        GET      200
api_indicators                        OPTIONS  204
api_indicator                         GET      200
api_indicator                         OPTIONS  204
api_versions                          GET      200
api_versions                          OPTIONS  204
api_outcomes                          GET      200
api_outcomes                          OPTIONS  204
api_observations                      GET      422
api_observations                      OPTIONS  204
api_targets                           GET      200
api_targets                           OPTIONS  204
api_goals                             GET      200
api_goals                             OPTIONS  204
api_areas                             GET      200
api_areas                             OPTIONS  204
api_editions                          GET      200
api_editions                          OPTIONS  204
api_kolada                            GET      200
api_kolada                            OPTIONS  204
api_pxweb                             GET      200
api_pxweb                             POST     405
api_pxweb                             OPTIONS  204
api_unknown                           GET      404
api_unknown                           OPTIONS  204

# signing in, and one's own account
account                               GET      in   200
account_mail                          POST     in   on
account_feed                          POST     in   on
account_sign_out_everywhere           POST     in
usersessions_list                     GET      in   200
usersessions_list                     POST     in   on
usersessions_list                     PUT      in   on
usersessions_list                     PATCH    in   405
usersessions_list                     DELETE   in   405
usersessions_list                     OPTIONS  in   200
account_login                         GET      200  on
account_login                         POST     422  on
account_login                         PUT      422  on
account_login                         PATCH    405  on
account_login                         DELETE   405  on
account_login                         OPTIONS  200  on
account_sign_in_as                    POST     404
account_logout                        GET      on   200
account_logout                        POST     on
account_logout                        OPTIONS  200
account_inactive                      GET      200
account_inactive                      OPTIONS  200
account_reauthenticate                PATCH    in   405
account_reauthenticate                DELETE   in   405
account_reauthenticate                ANY      in   200
account_change_password               PATCH    in   405
account_change_password               DELETE   in   405
account_change_password               ANY      in   200
account_set_password                  ANY      in   on
account_reset_password                PATCH    405
account_reset_password                DELETE   405
account_reset_password                ANY      200
account_reset_password_done           GET      200
account_reset_password_done           OPTIONS  200
account_reset_password_from_key       ANY      200
account_reset_password_from_key_done  GET      200
account_reset_password_from_key_done  OPTIONS  200
mfa_index                             GET      in   200
mfa_index                             OPTIONS  in   200
mfa_index                             ANY      in   405
mfa_authenticate                      ANY      in   on
mfa_reauthenticate                    ANY      in   on
mfa_activate_totp                     ANY      in   on
mfa_deactivate_totp                   ANY      in   404
mfa_view_recovery_codes               GET      in   404
mfa_view_recovery_codes               OPTIONS  in   200
mfa_view_recovery_codes               ANY      in   405
mfa_generate_recovery_codes           ANY      in   on
mfa_download_recovery_codes           ANY      in   404
mfa_list_webauthn                     GET      in   200
mfa_list_webauthn                     OPTIONS  in   200
mfa_list_webauthn                     ANY      in   405
mfa_add_webauthn                      ANY      in   on
mfa_reauthenticate_webauthn           ANY      in   on
mfa_login_webauthn                    PATCH    405  on
mfa_login_webauthn                    DELETE   405  on
mfa_login_webauthn                    OPTIONS  200  on
mfa_login_webauthn                    ANY      in   on
mfa_remove_webauthn                   ANY      in   on
mfa_edit_webauthn                     ANY      in   on
socialaccount_login_cancelled         GET      200
socialaccount_login_cancelled         OPTIONS  200
socialaccount_login_error             GET      401
socialaccount_login_error             OPTIONS  200
openid_connect_login                  POST     404
openid_connect_callback               GET      404
saml_login                            ANY      404
saml_acs                              POST     404
saml_finish_acs                       GET      404
saml_sls                              ANY      404
saml_metadata                         ANY      404

# people, and the log
people                                GET      in   403  403  403  200  403  403  403  403  200
person_new                            GET      in   403  403  403  403  403  403  403  403  200
person_new                            POST     in   403  403  403  403  403  403  403  403  422
person                                GET      in   200  403  403  200  403  403  403  403  200
person_rename                         POST     in   403  403  403  403  403  403  403  403  on
person_invite                         POST     in   403  403  403  403  403  403  403  403  on
person_give_role                      POST     in   403  403  403  on   403  403  403  403  on
person_end_role                       POST     in   on   403  403  on   403  403  403  403  on
person_leave                          GET      in   403  403  403  403  403  403  403  403  200
person_leave                          POST     in   403  403  403  403  403  403  403  403  200
person_come_back                      POST     in   403  403  403  403  403  403  403  403  422
person_erase                          GET      in   403  403  403  403  403  403  403  403  422
person_erase                          POST     in   403  403  403  403  403  403  403  403  422
log                                   GET      in   403  403  403  403  403  200  403  200  200
log_of_object                         GET      in   200  200  404  200  404  200  404  200  200
log_of_person                         GET      in   200  403  403  403  403  403  403  200  200

# the calendar and the plans
steering_year                         GET      in   200
steering_year                         POST     in   403  403  403  403  403  on   403  403  403
plan                                  GET      in   200
plan_copy                             GET      in   403  403  403  403  403  200  403  403  403
plan_copy                             POST     in   403  403  403  403  403  422  403  403  403
plan_branch                           GET      in   200
plan_history                          GET      in   200  200  404  200  200  200  404  200  404
plan_of_unit                          GET      in   200  200  404  200  200  200  404  200  404
plan_adopt                            GET      in   403  200  404  200  403  403  404  403  404
plan_adopt                            POST     in   403  422  404  422  403  403  404  403  404
plan_new_goal                         GET      in   403  200  404  200  403  403  404  403  404
plan_new_goal                         POST     in   403  422  404  422  403  403  404  403  404
plan_change_goal                      GET      in   403  403  403  403  403  200  403  403  403
plan_change_goal                      POST     in   403  403  403  403  403  422  403  403  403
plan_new_activities                   GET      in   403  200  404  200  403  403  404  403  404
plan_new_activities                   POST     in   403  200  404  200  403  403  404  403  404
plan_change_activity                  GET      in   403  200  404  200  403  403  404  403  404
plan_change_activity                  POST     in   403  422  404  422  403  403  404  403  404
plan_new_indicator                    GET      in   403  200  404  200  403  403  404  403  404
plan_new_indicator                    POST     in   403  422  404  422  403  403  404  403  404
plan_target                           GET      in   403  200  404  200  403  403  404  403  404
plan_target                           POST     in   403  422  404  422  403  403  404  403  404
plan_owners                           GET      in   403  403  404  200  403  200  404  403  404
plan_owners                           POST     in   403  403  404  422  403  422  404  403  404
plan_answerers                        GET      in   403  403  403  403  403  200  403  403  403
plan_answerers                        POST     in   403  403  403  403  403  422  403  403  403
calendar_feed                         GET      200

# definitions: the indicator is the council's
definition                            POST     in   403  403  403  403  403  on   403  403  403
definition_change                     GET      in   403  403  403  403  403  200  403  403  403
definition_change                     POST     in   403  403  403  403  403  422  403  403  403
diet                                  GET      in   200

# files with figures: the file is one that the board's reporter sent in, about the council's indicator
uploads                               GET      in   403  200  200  200  403  200  403  200  403
uploads                               POST     in   403  on   on   on   403  on   403  403  403
upload                                GET      in   403  200  404  404  403  200  403  200  403
upload                                POST     in   403  on   404  404  403  on   403  403  403
upload_confirm                        POST     in   403  403  404  404  403  on   403  403  403
upload_refuse                         POST     in   403  on   404  404  403  on   403  403  403
upload_file                           GET      in   403  200  404  404  403  200  403  200  403

# reporting
my_work                               GET      in   200
save_row                              POST     in   403  200  404  200  404  403  404  403  404
restore_row                           POST     in   403  200  404  200  404  403  404  403  404
conflict                              GET      in   404  200  404  404  404  404  404  404  404
conflict                              POST     in   404  on   404  404  404  404  404  404  404
workspace                             GET      in   200  200  404  200  404  200  404  200  404
open_report                           POST     in   403  on   403  on   403  on   403  403  403
save_grid                             POST     in   403  on   404  on   404  403  404  403  404
paste_rows                            GET      in   403  200  404  200  404  403  404  403  404
paste_rows                            POST     in   403  200  404  200  404  403  404  403  404
report_submit                         POST     in   403  422  404  422  404  403  404  403  404
report_decide                         POST     in   403  on   404  on   404  on   404  403  404
answer_question                       POST     in   403  on   404  on   404  403  404  403  404

# the centre
forecast_scores                       GET      in   200
questions                             GET      in   200
objective_desk                        GET      in   403  403  403  403  403  200  403  200  403
objective_desk                        POST     in   403  403  403  403  403  422  403  403  403
progress                              GET      in   403  403  403  403  403  200  403  200  403
progress_beneath                      GET      in   403  200  403  200  403  200  403  200  403
bulk                                  POST     in   403  200  403  200  403  200  403  200  403
way_up                                GET      in   200  200  404  200  404  200  404  200  404
way_up                                POST     in   403  on   404  on   404  on   404  403  404
correct_row                           GET      in   403  403  403  200  403  200  403  403  403
correct_row                           POST     in   403  403  403  on   403  on   403  403  403
search                                GET      in   200
corrections                           GET      in   200

# the auditors
give_opinion                          GET      on
give_opinion                          POST     in   403  403  403  403  403  403  403  on   403
answer_opinion                        GET      on
answer_opinion                        POST     in   403  403  403  on   403  on   403  403  403

# figures from neighbours: none of whom can be reached here
neighbours                            GET      in   200
neighbours_search                     GET      in   403  403  403  403  403  200  403  403  403
neighbours_kpi                        GET      in   403  403  403  403  403  502  403  403  403
neighbours_kpi                        POST     in   403  403  403  403  403  502  403  403  403
neighbours_table                      GET      in   403  403  403  403  403  502  403  403  403
neighbours_table                      POST     in   403  403  403  403  403  502  403  403  403
subscription                          GET      in   200
subscription_fetch                    POST     in   403  403  403  403  403  on   403  403  403
subscription_change                   POST     in   403  403  403  403  403  on   403  403  403
fetch                                 GET      in   200
drift                                 GET      in   200
drift                                 POST     in   403  403  403  403  403  on   403  403  403
"""


def read_table() -> dict[str, dict[str, tuple[str, ...]]]:
    """By address and method, one cell for each of ten roles."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for line in TABLE.splitlines():
        if line and not line.startswith("#"):
            name, method, *cells = line.split()
            assert method not in found.setdefault(name, {}), f"{name} {method} is said twice"
            found[name][method] = _ten(cells)
    return found


def _ten(cells: list[str]) -> tuple[str, ...]:
    if len(cells) == 2:
        return (cells[0], *[cells[1]] * 9)
    assert len(cells) in (1, 10), cells
    return tuple(cells * 10 if len(cells) == 1 else cells)


def expected(table: dict[str, dict[str, tuple[str, ...]]], name: str, method: str) -> tuple[str, ...]:
    """What the table says of one address and method."""
    lines = table[name]
    asked = "GET" if method == "HEAD" else method
    return lines.get(asked) or lines.get("ANY") or ("405",) * 10
