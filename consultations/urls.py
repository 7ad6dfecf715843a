"""The addresses of consultations that are not pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from consultations.asking.views import answer_questions, paper_form, receipt
from consultations.codes.views import enter_code, lead_from_paper
from consultations.conversation.pages import statement_page, thread_page
from consultations.conversation.views import comment_place, edit, report, support, withdraw
from consultations.counting.views import how_we_count
from consultations.ideas.views import idea_page, ideas_page, write
from consultations.proposals.views import propose
from consultations.views import vote_on_statement, write_comment
from consultations.visiting.views import confirm_address, sign_in_first

urlpatterns = (
    path(_("consultations/how-we-count/"), how_we_count, name="how_we_count"),
    path(_("consultations/<page_slug:slug>/vote/"), vote_on_statement, name="consultation_vote"),
    path(_("consultations/<page_slug:slug>/answer/"), answer_questions, name="consultation_answer"),
    path(_("consultations/<page_slug:slug>/guest/"), confirm_address, name="consultation_guest"),
    path(_("consultations/<page_slug:slug>/sign-in/"), sign_in_first, name="consultation_sign_in"),
    path(_("consultations/<page_slug:slug>/code/"), enter_code, name="consultation_code"),
    path("c/<int:pk>/", lead_from_paper, name="code_on_paper"),
    path(_("consultations/<page_slug:slug>/receipt/"), receipt, name="consultation_receipt"),
    path(_("consultations/<page_slug:slug>/paper/"), paper_form, name="consultation_paper"),
    path(_("consultations/<page_slug:slug>/comment/"), write_comment, name="consultation_comment"),
    path(_("consultations/<page_slug:slug>/propose/"), propose, name="consultation_propose"),
    path(_("consultations/<page_slug:slug>/ideas/"), ideas_page, name="consultation_ideas"),
    path(_("consultations/<page_slug:slug>/ideas/write/"), write, name="consultation_write_idea"),
    path(_("consultations/<page_slug:slug>/ideas/<int:pk>/"), idea_page, name="consultation_idea"),
    path(
        _("consultations/<page_slug:slug>/statement/<int:number>/"),
        statement_page,
        name="consultation_statement",
    ),
    path(
        _("consultations/<page_slug:slug>/comment/<int:pk>/"),
        comment_place,
        name="consultation_comment_place",
    ),
    path(
        _("consultations/<page_slug:slug>/comment/<int:pk>/replies/"),
        thread_page,
        name="consultation_thread",
    ),
    path(
        _("consultations/<page_slug:slug>/comment/<int:pk>/support/"),
        support,
        name="consultation_support",
    ),
    path(
        _("consultations/<page_slug:slug>/comment/<int:pk>/report/"),
        report,
        name="consultation_report",
    ),
    path(
        _("consultations/<page_slug:slug>/comment/<int:pk>/change/"), edit, name="consultation_edit"
    ),
    path(
        _("consultations/<page_slug:slug>/comment/<int:pk>/withdraw/"),
        withdraw,
        name="consultation_withdraw",
    ),
)
