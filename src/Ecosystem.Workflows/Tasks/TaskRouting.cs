using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tasks;

/// <summary>Decides to whom a task may go: past people who are away to those who stand in for them, never to one who may not decide it.</summary>
internal sealed class TaskRouting(SegregationOfDuties duties, IPeople people)
{
    private const int LongestChain = 8;

    /// <summary>Puts a new task that is meant for named people where it belongs.</summary>
    internal async Task PlaceAsync(EcosystemDbContext db, HumanTask task, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var person in HumanTask.Between(task.CandidatePeople))
        {
            if (await StandInAsync(db, person, now, cancellationToken) is { } standIn && standIn != person)
            {
                AddCandidate(task, standIn);
            }
        }

        if (task.Assignee is { } assignee)
        {
            await AssignAsync(db, task, assignee, now, cancellationToken);
        }
    }

    /// <summary>Gives a task to a person, or to who stands in for them. When neither may decide it, it is left to all who may take it.</summary>
    /// <returns>Who has it now; null when nobody.</returns>
    internal async Task<string?> AssignAsync(EcosystemDbContext db, HumanTask task, string person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var standIn = await StandInAsync(db, person, now, cancellationToken) ?? person;
        if (await CheckAsync(db, task, standIn, cancellationToken) is not null)
        {
            task.Assignee = null;
            task.State = TaskState.Open;
            return null;
        }

        task.Assignee = standIn;
        task.State = TaskState.Claimed;
        AddCandidate(task, standIn);
        return standIn;
    }

    /// <summary>Whether a person may be given a task: segregation of duties, the right house, somebody who exists.</summary>
    internal async Task<Refusal?> CheckAsync(EcosystemDbContext db, HumanTask task, string person, CancellationToken cancellationToken)
    {
        if (task.Excluded.Contains($"|{person}|", StringComparison.Ordinal))
        {
            return new Refusal("duties.same-person", $"Segregation of duties: '{person}' took part in what this task decides and may not be handed it.", "to");
        }

        var known = await people.FindAsync(person, cancellationToken);
        if (known is null && people.IsComplete)
        {
            return Refusal.NotFound("person", person, "to");
        }

        if (known is not null && known.Partner != task.PartnerId)
        {
            return new Refusal("task.other-house", task.PartnerId is null ? $"'{known.Name}' is of a partner and cannot have a task of ours." : $"'{known.Name}' is not of the partner whose task this is.", "to");
        }

        return SegregationOfDuties.OfTask(task) is { } duty
            ? await duties.CheckAsync(
                db,
                new Subject(task.SubjectKind, task.SubjectId),
                duty,
                Actor.Staff(person, person, ActorSource.Web, known?.Roles ?? []),
                cancellationToken) is { } refusal ? refusal with { Field = "to" } : null
            : null;
    }

    internal static void AddCandidate(HumanTask task, string person)
    {
        if (!task.CandidatePeople.Contains($"|{person}|", StringComparison.Ordinal))
        {
            task.CandidatePeople = $"|{person}{(task.CandidatePeople.Length > 0 ? task.CandidatePeople : "|")}";
        }
    }

    // The person, or the first in the chain of substitutes who is there; null when all are away.
    private static async Task<string?> StandInAsync(EcosystemDbContext db, string person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        for (string? next = person; next is not null && asked.Add(next) && asked.Count <= LongestChain;)
        {
            if (await db.Set<Availability>().AsNoTracking().FirstOrDefaultAsync(row => row.Person == next, cancellationToken) is not { } availability || !availability.IsAway(now))
            {
                return next;
            }

            next = availability.Substitute;
        }

        return null;
    }
}
