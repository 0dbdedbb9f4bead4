from django.utils.translation import gettext_lazy as _

from jobgate.core.errors import ApiError, Conflict, Forbidden, Unauthenticated


class Gone(ApiError):
    status = 410


# Campaigns


class CampaignNotOpen(Conflict):
    code = "campaign_not_open"
    message = _("Open the campaign first: the links of a closed campaign lead nowhere.")


class CampaignArchived(Conflict):
    code = "campaign_archived"
    message = _("This campaign is archived and does not change any more.")


class CampaignHasNoQuestions(Conflict):
    code = "campaign_has_no_questions"
    message = _("Write at least one question before you open the campaign.")


class CampaignOver(Conflict):
    code = "campaign_over"
    message = _("The end of this campaign is in the past: choose a later one.")


class CampaignInUse(Conflict):
    code = "campaign_in_use"
    message = _("Candidates were invited to this campaign. Close it or archive it instead.")


class AlreadyCompleted(Conflict):
    code = "already_completed"
    message = _("This interview is completed. Reopen a question to have it answered again.")


class CandidateWithdrew(Conflict):
    code = "candidate_withdrew"
    message = _("The candidate has withdrawn from this interview.")


class NothingToReopen(Conflict):
    code = "nothing_to_reopen"
    message = _("This question has no answer yet. Extend the interview to let it be answered.")


class AnswerMayChange(Conflict):
    code = "answer_may_change"
    message = _("The candidate may still record this answer again. Score it once they are done.")


class NothingToEvaluate(Conflict):
    code = "nothing_to_evaluate"
    message = _("This question was skipped: there is no answer to score.")


# Invitations


class SentJustNow(Conflict):
    code = "sent_just_now"
    message = _("A message went out a moment ago. Wait a minute before you send another one.")


class SessionOver(Conflict):
    code = "session_over"
    message = _("This interview is over. Give the candidate more time first.")


class SessionFinished(Conflict):
    code = "session_finished"
    message = _("The candidate has finished or withdrawn: there is nothing to change any more.")


class SheetUnreadable(ApiError):
    code = "sheet_unreadable"
    message = _("This file cannot be read. Save it as .xlsx or .csv and try again.")


class SheetEmpty(ApiError):
    code = "sheet_empty"
    message = _("Nobody was found in it.")


class SheetTooLong(ApiError):
    code = "sheet_too_long"
    message = _("There are more than %(most)d lines. Divide it into several files.")


class ImportNotReady(Conflict):
    code = "import_not_ready"
    message = _("This list is not waiting for your confirmation.")


class ImportOver(Conflict):
    code = "import_over"
    message = _("This import is over already.")


class NobodyToInvite(Conflict):
    code = "nobody_to_invite"
    message = _("No line of this list can be invited.")


# The candidate's link and session


class LinkUnknown(ApiError):
    code = "link_unknown"
    status = 404
    message = _("This link does not lead to an interview. Check that it is complete.")


class LinkExpired(Gone):
    code = "link_expired"
    message = _("This link has expired. Ask the company for a new one.")


class PublicLinkFull(Gone):
    code = "public_link_full"
    message = _("This interview takes no more candidates.")


class CampaignNotStarted(Conflict):
    code = "campaign_not_started"
    message = _("This interview is not open yet. Come back when it begins.")


class CampaignClosed(Gone):
    code = "campaign_closed"
    message = _("This interview is closed and takes no more answers.")


class SessionCompleted(Conflict):
    code = "session_completed"
    message = _("You have completed this interview already. Thank you!")


class SessionExpired(Gone):
    code = "session_expired"
    message = _("The time for this interview is over. What you had sent is kept.")


class TokenExpired(Unauthenticated):
    code = "token_expired"
    message = _("Your access has to be renewed.")


class TokenInvalid(Unauthenticated):
    code = "token_invalid"
    message = _("This access is not valid. Open your link again.")


class SessionCookieMissing(Unauthenticated):
    code = "session_cookie_missing"
    message = _("Open the link of your invitation again.")


class ConsentRequired(Forbidden):
    code = "consent_required"
    message = _("Read the notice and agree to it first.")


class NoticeOutdated(Conflict):
    code = "notice_outdated"
    message = _("The notice has changed in the meantime. Please read it again.")


# Questions and answers


class QuestionUnknown(ApiError):
    code = "question_unknown"
    status = 404
    message = _("This question is not part of your interview.")


class QuestionNotYet(Conflict):
    code = "question_not_yet"
    message = _("Answer the questions before this one first.")


class QuestionNotOpen(Conflict):
    code = "question_not_open"
    message = _("Open the question before you answer it.")


class QuestionMandatory(Conflict):
    code = "question_mandatory"
    message = _("This question has to be answered.")


class AlreadyAnswered(Conflict):
    code = "already_answered"
    message = _("You have answered this question already.")


class NoTakesLeft(Conflict):
    code = "no_takes_left"
    message = _("You have used every attempt at this question.")


class TakeUnknown(ApiError):
    code = "take_unknown"
    status = 404
    message = _("This attempt does not exist or is over.")


class NoRetakesLeft(Conflict):
    code = "no_retakes_left"
    message = _("This question was given back too often already. What was recorded is kept.")


class MandatoryMissing(Conflict):
    code = "mandatory_missing"
    message = _("Some mandatory questions have no answer yet.")


class NoGoingBack(Conflict):
    code = "no_going_back"
    message = _("This interview goes on from question to question: this answer stands.")


class OtherWay(Conflict):
    code = "other_way"
    message = _("This question is answered in another way.")


class ChoiceUnknown(Conflict):
    code = "choice_unknown"
    message = _("Choose among the answers that are offered.")


# The device, the end and what follows it


class SessionElsewhere(Conflict):
    code = "session_elsewhere"
    message = _("This interview goes on, on another device.")


class HandoverExpired(Gone):
    code = "handover_expired"
    message = _("This code was used already or is too old. Make a new one on the first device.")


class SessionWithdrawn(Conflict):
    code = "session_withdrawn"
    message = _("You have withdrawn from this interview.")


class NoQuestionsToTeam(Conflict):
    code = "no_questions_to_team"
    message = _("This interview does not take questions to the team.")
