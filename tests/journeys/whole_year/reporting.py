"""The first tertial and the year report: written, met in, sent up, sent back and locked."""

from ledtrad.apps.reporting.models import SetAside

REPORT = "/arbete/2021/kultur"


def forecast(players):
    rut = players("rut")
    page = rut.open_report(f"{REPORT}/t1/")
    row(page, "indicators", "K.1").locator("[name$='.forecast']").fill("62,5")
    activity = row(page, "activities", "Hålla öppet på kvällar")
    activity.locator("[name$='.progress']").select_option("partly")
    activity.locator("[name$='.why']").fill("Personal rekryteras.")
    goal = row(page, "assessments", "1.2")
    goal.locator("[name$='.result']").fill("Fler kommer på kvällarna.")
    for name, share in {"forecast_met": "60", "forecast_partly": "30", "forecast_not_met": "10"}.items():
        goal.locator(f"[name$='.{name}']").fill(share)
    page.keyboard.press("Tab")
    rut.wait_until_all_is_saved()
    rut.look(f"{REPORT}/t1/", picture="tertial-forecast", at="#assessments")
    rut.press("Lämna in rapporten")
    decide(players("sara"), "t1", "2021-05-03", "§ 40")
    lock(players("carl"), "t1")


def row(page, kind, title):
    """The row of a grid that carries this title."""
    return page.locator(f"#{kind} [data-row]", has_text=title).first


def decide(sara, period, day, paragraph):
    sara.look(f"{REPORT}/{period}/")
    sara.fill(day=day, paragraph=paragraph, case_number="KUN 2021/90")
    sara.press("För in nämndens beslut")


def lock(carl, period):
    carl.look(f"{REPORT}/{period}/vagen/")
    carl.press("Lås rapporten")


def report(players):
    ulla = players("ulla")
    page = ulla.open_report("/arbete/2021/bibliotek/ar/")
    row(page, "activities", "Bokbuss").locator("[name$='.progress']").select_option("done")
    ulla.wait_until_all_is_saved()
    ulla.look(picture="unit-report")
    ulla.press("Lämna in rapporten")
    rut = players("rut")
    rut.look("/arbete/", picture="my-work")
    page = rut.open_report(f"{REPORT}/ar/")
    indicator = row(page, "indicators", "K.1")
    for name, value in {
        "total": "61,5",
        "women": "66",
        "men": "57",
        "comment": "Fler flickor än pojkar läser.",
    }.items():
        indicator.locator(f"[name$='.{name}']").fill(value)
    activity = row(page, "activities", "Hålla öppet på kvällar")
    activity.locator("[name$='.progress']").select_option("done")
    rut.wait_until_all_is_saved()
    players("ove").finds_nothing(f"{REPORT}/ar/")


def meet_in_one_text(players):
    """Sara and Rut have the page open and write about the same goal: nothing is overwritten, both texts are seen."""
    rut, sara = players("rut"), players("sara")
    rut_goal = row(rut.work(f"{REPORT}/ar/"), "assessments", "1.2")
    sara_goal = row(sara.work(f"{REPORT}/ar/"), "assessments", "1.2")
    rut_goal.get_by_label("Delvis").check()
    rut_goal.locator("[name$='.result']").fill("Fler besöker biblioteken på kvällen.")
    rut_goal.locator("[name$='.cause']").fill("Två bibliotek höll stängt.")
    rut_goal.locator("[name$='.risk']").fill("Vakanserna kvarstår.")
    rut_goal.locator("[name$='.measure']").fill("Rekrytering pågår; öppet varje kväll från mars.")
    rut.page.keyboard.press("Tab")
    rut.wait_until_all_is_saved()
    rut.look(f"{REPORT}/ar/", picture="workspace", at="#indicators")
    sara_goal.locator("[name$='.result']").fill("Kvällsbesöken ökar i hela kommunen.")
    sara.page.keyboard.press("Tab")
    sara.page.get_by_role("link", name="Jämför de två texterna").click()
    sara.page.wait_for_url("**/konflikt/**")
    page = sara.look(picture="two-texts")
    assert "Kvällsbesöken ökar i hela kommunen." in page.content()
    assert "Fler besöker biblioteken på kvällen." in page.content()
    kept = SetAside.objects.get()
    sara.press("Släpp min egen text")
    kept.refresh_from_db()
    assert kept.settled_at is not None


def go_up(players):
    """Up, back with a question, and up again; the unit first."""
    rut, carl = players("rut"), players("carl")
    rut.look(f"{REPORT}/ar/")
    rut.press("Lämna in rapporten")
    carl.look("/lage/2021/ar/", picture="progress")
    page = carl.look(f"{REPORT}/ar/vagen/", picture="way-up")
    question = page.locator(".read-rows > li", has_text="Lillköping är tryggt att bo i").locator("details.ask")
    question.locator("summary").click()
    question.locator("select").select_option(label="Orsak")
    question.locator("textarea").fill("Vilka två bibliotek höll stängt?")
    carl.press("Lämna tillbaka med frågorna")
    answer(rut)
    rut.press("Lämna in rapporten")
    decide(players("sara"), "ar", "2022-01-20", "§ 8")
    assert "Nivån under är inte stängd: Biblioteket" in carl.look(f"{REPORT}/ar/vagen/").content()
    rut.look("/arbete/2021/bibliotek/ar/vagen/")
    rut.press("Godkänn rapporten")
    rut.press("Lås rapporten")
    lock(carl, "ar")
    assert "Fler besöker biblioteken" in players("ove").look(f"{REPORT}/ar/", picture="decided-report").content()


def answer(rut):
    page = rut.look(f"{REPORT}/ar/")
    asked = page.locator(".question", has_text="Vilka två bibliotek höll stängt?")
    assert asked.count() == 1
    rut.look(picture="question", at="#assessments")
    asked.locator("textarea[name=answer]").fill("Biblioteken i Årsta och Älvsjö.")
    rut.press("Besvara frågan")
