
import pytest
from tests.journeys.test_referral import site, chromium
pytestmark = pytest.mark.browser
FILL_SELF = {"chosen_name":"Lou","reach":"438 555-0100","hours":"15 h 30 à 17 h","words":"« Un café? », signé Sam","wish":"Dormir tranquille"}
@pytest.mark.parametrize("theme",["light","dark"])
@pytest.mark.parametrize("lang",["fr","en"])
@pytest.mark.parametrize("width",[320,1280])
def test_shots(site, chromium, width, lang, theme):
    import os
    from tests.journeys.test_referral import forget_who_came
    forget_who_came(site)
    out="/tmp/shots"; os.makedirs(out,exist_ok=True)
    ctx=chromium.new_context(viewport={"width":width,"height":700}, color_scheme=theme, java_script_enabled=False)
    if lang=="en": ctx.add_cookies([{"name":"django_language","value":"en","url":site.youth}])
    page=ctx.new_page()
    def snap(n): page.screenshot(path=f"{out}/{n}_{width}_{lang}_{theme}.png", full_page=True)
    for n,u in [("home","/"),("forme","/for-me/"),("referral","/referral/"),("relative","/relative/"),("advice","/advice/"),("limits","/e/limites")]:
        page.goto(site.youth+u); snap(n)
    page.goto(site.youth+"/for-me/"); page.click("button.button-primary"); snap("forme_err")
    for k,v in FILL_SELF.items(): page.fill(f"[name={k}]",v)
    page.check("[name=age_band][value='14-17']"); page.check("input[name=language][value=fr]"); page.check("[name=channel][value=text]"); page.check("[name=urgent][value=yes]")
    page.click("button.button-primary"); snap("forme_receipt")
    page.goto(site.youth+"/referral/")
    page.check("[name=aware][value=not_yet]"); page.click("button.button-primary"); snap("advice_instead")
    page.fill("[name=worries]","Une élève, Marie Tremblay, manque l’école"); page.check("[name=age_band][value='14-17']"); page.fill("[name=role]","psychoéducatrice"); page.fill("[name=reach]","450 555-0142")
    page.click("button.button-primary"); snap("advice_look")
    page.click("button.button-primary"); snap("advice_receipt")
    page.goto(site.youth+"/referral/"); page.check("[name=obligation]"); page.click("button.button-primary"); snap("obligation")
    page.goto(site.youth+"/relative/"); page.check("[name=knows][value=not_yet]"); page.click("button.button-primary"); snap("relative_advice")
    ctx.close()
