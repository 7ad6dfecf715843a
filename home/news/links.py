"""The links in every issue: what one wants to hear of, and no more."""

from home.personal_links import PersonalLink

CHOICES = PersonalLink("news_choices", "home.news")
STOP = PersonalLink("news_stop", "home.news.stop")
