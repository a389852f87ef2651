import yaml, functools
from django.utils.translation import get_language
@functools.lru_cache
def _v():
    d = yaml.load(open("/work/wt-regions/regions/demo/vocabularies.yaml"), yaml.BaseLoader)
    return {v["slug"]: {t["code"]: t for t in v["terms"]} for v in d}
@functools.lru_cache
def _t(): return yaml.load(open("/work/wt-regions/regions/demo/texts.yaml"), yaml.BaseLoader)
def _l(): return "en" if get_language()=="en" else "fr"
def choices(v): return [(c, t[_l()]) for c, t in _v()[v].items()]
def label(v, c): return _v().get(v, {}).get(c, {}).get(_l(), c)
def text(k): return _t()[k][_l()]
def help_lines(*, youth=None): return []
class R: is_demo=True; programme="Programme Éclaircie"; age_from=12; age_until=25; self_from=14; referral_keep_days=90; desk_organisation_id=None; name="demo"
def region(): return R
def is_demo_database(): return True
