using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Enablement;

/// <summary>Training and certificates.</summary>
/// <param name="storage">The database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The time.</param>
public sealed class EnablementService(StorageSession storage, Audit audit, TimeProvider clock)
{
    /// <summary>Days before the expiry of a certificate on which its holder is reminded.</summary>
    public static IReadOnlyList<int> ReminderDays { get; } = [60, 30, 7];

    /// <summary>Notes that a course was passed. Again changes nothing.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="course">The course.</param>
    /// <param name="learner">The id of the person; null for a course assigned to the partner as a whole.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>True, or why not.</returns>
    public Task<Result<bool>> CompleteAsync(PartnerId partner, string course, string? learner, Actor actor, CancellationToken cancellationToken = default) => storage.WriteAsync<Result<bool>>(
        async (db, token) =>
        {
            if (!actor.MaySee(partner) || await db.FindAsync<TrainingAssignment>([AssignmentId(partner, learner, course)], token) is not { } assignment)
            {
                return Refusal.NotFound("training", course, "course");
            }

            if (assignment.CompletedAt is null)
            {
                assignment.CompletedAt = clock.GetUtcNow();
                audit.Add(db, actor, "training.completed", partner, null, new { course });
            }

            return true;
        },
        cancellationToken);

    /// <summary>What a partner is to learn, by due day.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The assignments; none when the actor may not see the partner.</returns>
    public Task<IReadOnlyList<TrainingAssignment>> TrainingsAsync(PartnerId partner, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync<IReadOnlyList<TrainingAssignment>>(
        actor,
        async (db, token) => await db.Set<TrainingAssignment>().Where(row => row.PartnerId == partner).OrderBy(row => row.DueOn).ThenBy(row => row.Id).ToListAsync(token),
        cancellationToken);

    /// <summary>The certificates of a partner, by day of expiry.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The certificates; none when the actor may not see the partner.</returns>
    public Task<IReadOnlyList<Certification>> CertificatesAsync(PartnerId partner, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync<IReadOnlyList<Certification>>(
        actor,
        async (db, token) => await db.Set<Certification>().Where(row => row.PartnerId == partner).OrderBy(row => row.ExpiresOn).ThenBy(row => row.Id).ToListAsync(token),
        cancellationToken);

    /// <summary>Certificates whose holders are to be reminded on a day: those that expire in 60, 30 or 7 days.</summary>
    /// <param name="day">The day.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The certificates with the days left.</returns>
    public Task<IReadOnlyList<(Certification Certificate, int DaysLeft)>> RemindersAsync(DateOnly day, CancellationToken cancellationToken = default) => storage.ReadAsync<IReadOnlyList<(Certification, int)>>(
        async (db, token) =>
        {
            DateOnly[] days = [.. ReminderDays.Select(day.AddDays)];
            var found = await db.Set<Certification>().Where(row => days.Contains(row.ExpiresOn) && row.RevokedOn == null).OrderBy(row => row.Id).ToListAsync(token);
            return [.. found.Select(certificate => (certificate, certificate.ExpiresOn.DayNumber - day.DayNumber))];
        },
        cancellationToken);

    /// <summary>Assigns the curriculum of a partner's kind, inside a unit of work; again changes nothing.</summary>
    internal async Task<IReadOnlyList<string>> AssignAsync(EcosystemDbContext db, Partner partner, string? learner, int dueInDays, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        List<string> courses = [];
        foreach (var (course, why) in Curriculum.For(partner.Type))
        {
            var id = AssignmentId(partner.Id, learner, course);
            courses.Add(course);
            if (!await db.Set<TrainingAssignment>().AnyAsync(row => row.Id == id, cancellationToken))
            {
                db.Add(new TrainingAssignment
                {
                    Id = id,
                    PartnerId = partner.Id,
                    Learner = learner ?? partner.Id.Value,
                    Course = course,
                    WhyText = why,
                    AssignedAt = now,
                    DueOn = DateOnly.FromDateTime(now.UtcDateTime).AddDays(dueInDays),
                });
            }
        }

        audit.Add(db, actor, "training.assigned", partner.Id, null, new { courses });
        return courses;
    }

    /// <summary>Grants a certificate, inside a unit of work; again on the same day changes nothing.</summary>
    internal async Task<Certification> GrantAsync(EcosystemDbContext db, PartnerId partner, string? holder, string name, CertificationLevel level, int validMonths, Actor actor, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var id = $"{partner}/{holder ?? "-"}/{name}/{today:yyyyMMdd}";
        if (await db.FindAsync<Certification>([id], cancellationToken) is { } existing)
        {
            return existing;
        }

        var certificate = new Certification
        {
            Id = id,
            PartnerId = partner,
            Holder = holder ?? partner.Value,
            Name = name,
            Level = level,
            GrantedOn = today,
            ExpiresOn = today.AddMonths(validMonths),
        };
        db.Add(certificate);
        foreach (var open in await db.Set<TrainingAssignment>().Where(row => row.PartnerId == partner && row.Learner == certificate.Holder && row.CompletedAt == null).ToListAsync(cancellationToken))
        {
            open.CompletedAt = clock.GetUtcNow();
        }

        audit.Add(db, actor, "certificate.granted", partner, null, new { name, level, certificate.ExpiresOn });
        return certificate;
    }

    private static string AssignmentId(PartnerId partner, string? learner, string course) => $"{partner}/{learner ?? "-"}/{course}";
}
