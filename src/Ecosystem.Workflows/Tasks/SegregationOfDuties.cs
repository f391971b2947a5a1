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
        (Duty.EditBankDetails, Duty.VerifyBankDetails),
        (Duty.EditBankDetails, Duty.ApprovePayout),
        (Duty.EditBankDetails, Duty.ReleasePayment),
        (Duty.VerifyBankDetails, Duty.ReleasePayment),
        (Duty.ApprovePayout, Duty.ReleasePayment),
        (Duty.WriteRules, Duty.PublishRules),
        (Duty.WriteRules, Duty.ApprovePayout),
        (Duty.RequestException, Duty.GrantException),
        (Duty.Calculate, Duty.DecideDispute),
    ];

    private static readonly HashSet<Duty> Approvals = [Duty.Approve, Duty.ApprovePayout, Duty.ReleasePayment, Duty.GrantException, Duty.VerifyBankDetails, Duty.DecideDispute];

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
    public async Task<Refusal?> CheckAsync(EcosystemDbContext db, Subject subject, Duty duty, Actor actor, CancellationToken cancellationToken = default)
    {
        if (IsApproval(duty) && actor.Has("admin"))
        {
            return new Refusal("duties.admin", "Segregation of duties: an administrator may not approve; somebody else has to.");
        }

        var done = await db.Set<DutyRecord>()
            .Where(record => record.SubjectKind == subject.Kind && record.SubjectId == subject.Id && record.Person == actor.Id)
            .Select(record => record.Duty)
            .ToListAsync(cancellationToken);
        done.AddRange(db.Set<DutyRecord>().Local
            .Where(record => record.SubjectKind == subject.Kind && record.SubjectId == subject.Id && record.Person == actor.Id)
            .Select(record => record.Duty));
        return Check(done, duty);
    }

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
                return new Refusal("duties.same-person", $"Segregation of duties: you had the duty '{Words(earlier)}' on this, so you may not have the duty '{Words(duty)}' too; another person has to.");
            }
        }

        return null;
    }

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

    /// <summary>The duty the answer to a human task of a type is, or null when the type has none.</summary>
    /// <param name="taskType">The type, for example <c>deal-approval</c>.</param>
    /// <returns>The duty.</returns>
    public static Duty? OfTask(string taskType) => taskType switch
    {
        "deal-approval" or "deal-approval-large" or "conflict-ruling" or "conflict-review" or "application-review" => Duty.Approve,
        "deal-extension" or "exception-approval" => Duty.GrantException,
        "tax-and-bank" => Duty.EditBankDetails,
        "payee-verification" => Duty.VerifyBankDetails,
        "payout.approve" => Duty.ApprovePayout,
        "payout.release" => Duty.ReleasePayment,
        "dispute-decision" => Duty.DecideDispute,
        _ => null,
    };

    private static string Words(Duty duty) => string.Concat(duty.ToString().Select((letter, index) => index > 0 && char.IsUpper(letter) ? " " + char.ToLowerInvariant(letter) : letter.ToString())).ToLowerInvariant();
}
