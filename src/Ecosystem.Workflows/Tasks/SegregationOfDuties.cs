using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tasks;

/// <summary>
/// The one place that says which duties one person must not have on the same thing, and checks it: on the person, not on the role, so
/// that neither a delegation nor a second role gets around it. An administrator approves nothing.
/// </summary>
public sealed class SegregationOfDuties
{
    private static readonly (Duty One, Duty Other)[] Matrix =
    [
        (Duty.Create, Duty.Approve),
        (Duty.Create, Duty.ApprovePayout),
        (Duty.Create, Duty.ReleasePayment),
        (Duty.Create, Duty.GrantException),
        (Duty.EditBankDetails, Duty.VerifyBankDetails),
        (Duty.EditBankDetails, Duty.ApprovePayout),
        (Duty.EditBankDetails, Duty.ReleasePayment),
        (Duty.VerifyBankDetails, Duty.ReleasePayment),
        (Duty.ApprovePayout, Duty.ReleasePayment),
        (Duty.WriteRules, Duty.PublishRules),
        (Duty.WriteRules, Duty.ApprovePayout),
        (Duty.RequestException, Duty.GrantException),
        (Duty.RequestException, Duty.Approve),
        (Duty.Calculate, Duty.DecideDispute),
        (Duty.Calculate, Duty.ApprovePayout),
    ];

    private static readonly HashSet<Duty> Approvals =
        [Duty.Approve, Duty.ApprovePayout, Duty.ReleasePayment, Duty.GrantException, Duty.VerifyBankDetails, Duty.DecideDispute, Duty.PublishRules];

    // What the audit trail says was done is a duty had, whoever's room did it: no command can forget to record it.
    private static readonly Dictionary<string, Duty> OfActions = new(StringComparer.Ordinal)
    {
        ["deal.submitted"] = Duty.Create,
        ["deal.resubmitted"] = Duty.Create,
        ["deal.extension-requested"] = Duty.RequestException,
        ["partner.applied"] = Duty.Create,
        ["payee.entered"] = Duty.EditBankDetails,
        ["payee.verified"] = Duty.VerifyBankDetails,
        ["payout.requested"] = Duty.Create,
        ["payout.calculated"] = Duty.Calculate,
        ["payout.first-approved"] = Duty.ApprovePayout,
        ["payout.approved"] = Duty.ApprovePayout,
        ["payout.released"] = Duty.ReleasePayment,
        ["incentive.accrued"] = Duty.Calculate,
        ["ruleset.drafted"] = Duty.WriteRules,
        ["ruleset.edited"] = Duty.WriteRules,
        ["ruleset.published"] = Duty.PublishRules,
    };

    private static readonly string[] Actions = [.. OfActions.Keys];

    /// <summary>Whether one person must not have both duties on the same thing. Symmetric.</summary>
    /// <param name="one">A duty.</param>
    /// <param name="other">Another duty.</param>
    /// <returns>True when they must be apart.</returns>
    public static bool MustBeApart(Duty one, Duty other) => Array.Exists(Matrix, pair => pair == (one, other) || pair == (other, one));

    /// <summary>Whether a duty is an approval, which no administrator may give.</summary>
    /// <param name="duty">The duty.</param>
    /// <returns>True when it is.</returns>
    public static bool IsApproval(Duty duty) => Approvals.Contains(duty);

    /// <summary>Checks whether a person may take a duty on a thing.</summary>
    /// <param name="db">Where what was done is kept.</param>
    /// <param name="subject">The thing.</param>
    /// <param name="duty">The duty.</param>
    /// <param name="actor">The person.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Why not, or null when the person may.</returns>
    public async Task<Refusal?> CheckAsync(EcosystemDbContext db, Subject subject, Duty duty, Actor actor, CancellationToken cancellationToken = default) =>
        actor.IsSystem
            ? null
            : CheckAdministrator(duty, actor.Roles) ?? Check(await HadAsync(db, subject, actor.Id, cancellationToken), duty);

    /// <summary>Checks a duty against those a person has already had.</summary>
    /// <param name="done">What the person did on the thing.</param>
    /// <param name="duty">What the person is to do.</param>
    /// <returns>Why not, or null when the person may.</returns>
    public static Refusal? Check(IEnumerable<Duty> done, Duty duty)
    {
        foreach (var earlier in done)
        {
            if (MustBeApart(earlier, duty))
            {
                return new Refusal(
                    "duties.same-person",
                    $"Segregation of duties: who had the duty '{Words(earlier)}' on this may not have the duty '{Words(duty)}' too; another person has to.");
            }
        }

        return null;
    }

    /// <summary>Refuses an approval by an administrator, whatever other roles the person has.</summary>
    /// <param name="duty">The duty.</param>
    /// <param name="roles">The person's roles.</param>
    /// <returns>Why not, or null.</returns>
    public static Refusal? CheckAdministrator(Duty duty, IEnumerable<string> roles) => IsApproval(duty) && roles.Contains("admin", StringComparer.Ordinal)
        ? new Refusal("duties.admin", "Segregation of duties: an administrator may not approve; somebody else has to.")
        : null;

    /// <summary>Keeps that a person had a duty on a thing.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="subject">The thing.</param>
    /// <param name="duty">The duty.</param>
    /// <param name="actor">The person.</param>
    /// <param name="now">When.</param>
    public void Record(EcosystemDbContext db, Subject subject, Duty duty, Actor actor, DateTimeOffset now)
    {
        if (!actor.IsSystem)
        {
            db.Add(new DutyRecord { SubjectKind = subject.Kind, SubjectId = subject.Id, Duty = duty, Person = actor.Id, At = now });
        }
    }

    /// <summary>The duty the answer to a human task is, or null when it has none.</summary>
    /// <param name="task">The task: its type says it, and where a type has none, whether one can approve.</param>
    /// <returns>The duty.</returns>
    public static Duty? OfTask(HumanTask task) => task.Type switch
    {
        "deal-approval" or "deal-approval-large" or "conflict-ruling" or "conflict-review" or "application-review" or "due-diligence" or "commercial-approval" => Duty.Approve,
        "deal-extension" or "exception-approval" => Duty.GrantException,
        "tax-and-bank" => Duty.EditBankDetails,
        "payee-verification" => Duty.VerifyBankDetails,
        "payout.approve" => Duty.ApprovePayout,
        "payout.release" => Duty.ReleasePayment,
        "dispute-decision" => Duty.DecideDispute,
        _ => task.Group is not null || task.Outcomes().Any(outcome => outcome is "Approve" or "Approved" or "Grant") ? Duty.Approve : null,
    };

    private static async Task<List<Duty>> HadAsync(EcosystemDbContext db, Subject subject, string person, CancellationToken cancellationToken)
    {
        var had = await db.Set<DutyRecord>()
            .Where(record => record.SubjectKind == subject.Kind && record.SubjectId == subject.Id && record.Person == person)
            .Select(record => record.Duty)
            .ToListAsync(cancellationToken);
        var actions = await db.Set<AuditEntry>()
            .Where(entry => entry.SubjectKind == subject.Kind && entry.SubjectId == subject.Id && entry.ActorId == person && Actions.Contains(entry.Action))
            .Select(entry => entry.Action)
            .Distinct()
            .ToListAsync(cancellationToken);
        had.AddRange(actions.Select(action => OfActions[action]));
        had.AddRange(db.Set<DutyRecord>().Local
            .Where(record => record.SubjectKind == subject.Kind && record.SubjectId == subject.Id && record.Person == person)
            .Select(record => record.Duty));
        return had;
    }

    private static string Words(Duty duty) =>
        string.Concat(duty.ToString().Select((letter, index) => index > 0 && char.IsUpper(letter) ? " " + char.ToLowerInvariant(letter) : letter.ToString())).ToLowerInvariant();
}
