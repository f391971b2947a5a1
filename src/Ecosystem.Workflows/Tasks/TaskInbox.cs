using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

#pragma warning disable CA1309 // The database compares, by the collation it also sorts with.

namespace Ecosystem.Workflows.Tasks;

/// <summary>
/// Reads inboxes: what is due first on top, page after page. Who may take open tasks is read from <see cref="TaskCandidate"/>, one range of
/// an index per role and person, merged; so a page costs the same among a hundred tasks and a hundred thousand.
/// </summary>
internal static class TaskInbox
{
    internal static async Task<Page<HumanTask>> FindAsync(EcosystemDbContext db, TaskQuery query, PageRequest page, Actor actor, CancellationToken cancellationToken)
    {
        var found = Candidates(query, actor) is { } who
            ? await MergeAsync(db, query, who, page, actor, cancellationToken)
            : await OrderedAsync(Filter(db, query), page, actor, cancellationToken);
        List<HumanTask> items = [.. found.Take(page.Size)];
        return new Page<HumanTask>(items, found.Count > page.Size ? items[^1].InboxKey : null);
    }

    internal static async Task<int> CountAsync(EcosystemDbContext db, TaskQuery query, Actor actor, CancellationToken cancellationToken)
    {
        if (Candidates(query, actor) is not { } who)
        {
            return await Filter(db, query).CountAsync(cancellationToken);
        }

        var rows = Narrow(db, db.Set<TaskCandidate>().Where(candidate => who.Contains(candidate.Who)), query);
        if (!query.MineOnly)
        {
            return await rows.CountAsync(cancellationToken);
        }

        // Each candidate of a circle has a row of each of its tasks, so any one of them counts the circle.
        var free = await rows.Where(candidate => !candidate.Taken)
            .GroupBy(candidate => new { candidate.Who, candidate.Circle })
            .Select(part => new { part.Key.Circle, Tasks = part.Count() })
            .GroupBy(part => part.Circle)
            .Select(circle => circle.Max(part => part.Tasks))
            .SumAsync(cancellationToken);
        return free + (query.Role is null ? await Mine(db, query, actor).CountAsync(cancellationToken) : 0);
    }

    // A partner's own tasks and those it is asked about, each by its index.
    private static async Task<List<HumanTask>> OrderedAsync(IQueryable<HumanTask> tasks, PageRequest page, Actor actor, CancellationToken cancellationToken)
    {
        Task<List<HumanTask>> Read(IQueryable<HumanTask> rows) => After(rows, page.Cursor).OrderBy(task => task.InboxKey).Take(page.Size + 1).ToListAsync(cancellationToken);
        if (actor.Partner is not { } partner)
        {
            return await Read(tasks);
        }

        var own = await Read(tasks.Where(task => task.PartnerId == partner));
        var asked = await Read(tasks.Where(task => task.ReturnedToPartner == partner));
        return [.. own.Concat(asked).DistinctBy(task => task.Id).OrderBy(task => task.InboxKey, StringComparer.Ordinal).Take(page.Size + 1)];
    }

    // The candidates whose rows answer the query; null when it is answered from the tasks themselves.
    private static List<string>? Candidates(TaskQuery query, Actor actor)
    {
        if (actor.Partner is not null || query.State is not null || query.All || query.CaseId is not null || query.Assignee is { Length: > 0 })
        {
            return null;
        }

        if (query.MineOnly)
        {
            return query.Role is { Length: > 0 } one
                ? actor.Has(one) ? [TaskCandidate.Role(one)] : []
                : [.. actor.Roles.Select(TaskCandidate.Role), TaskCandidate.PersonOf(actor.Id), TaskCandidate.Anybody];
        }

        return query.Role is { Length: > 0 } role ? [TaskCandidate.Role(role)] : null;
    }

    private static async Task<List<HumanTask>> MergeAsync(
        EcosystemDbContext db, TaskQuery query, List<string> who, PageRequest page, Actor actor, CancellationToken cancellationToken)
    {
        var found = new List<HumanTask>();
        var excluded = $"|{actor.Id}|";
        for (var cursor = page.Cursor; ;)
        {
            var keys = new SortedDictionary<string, TaskId>(StringComparer.Ordinal);
            foreach (var name in who)
            {
                foreach (var taken in query.MineOnly ? [false] : new[] { false, true })
                {
                    var rows = Narrow(db, db.Set<TaskCandidate>().Where(candidate => candidate.Who == name && candidate.Taken == taken), query);
                    rows = cursor is null ? rows : rows.Where(candidate => string.Compare(candidate.InboxKey, cursor) > 0);
                    foreach (var row in await rows.OrderBy(candidate => candidate.InboxKey).Take(page.Size + 1).Select(candidate => new { candidate.InboxKey, candidate.TaskId }).ToListAsync(cancellationToken))
                    {
                        keys.TryAdd(row.InboxKey, row.TaskId);
                    }
                }
            }

            if (query.MineOnly && query.Role is null)
            {
                foreach (var row in await After(Mine(db, query, actor), cursor).OrderBy(task => task.InboxKey).Take(page.Size + 1).Select(task => new { task.InboxKey, task.Id }).ToListAsync(cancellationToken))
                {
                    keys.TryAdd(row.InboxKey, row.Id);
                }
            }

            var wanted = keys.Take(page.Size + 1).ToList();
            var ids = wanted.ConvertAll(pair => pair.Value);
            var tasks = await db.Set<HumanTask>().Where(task => ids.Contains(task.Id)).ToListAsync(cancellationToken);
            found.AddRange(tasks.Where(task => !query.MineOnly || !task.Excluded.Contains(excluded, StringComparison.Ordinal)).OrderBy(task => task.InboxKey, StringComparer.Ordinal));
            if (found.Count > page.Size || wanted.Count <= page.Size)
            {
                return found;
            }

            cursor = wanted[^1].Key;
        }
    }

    private static IQueryable<HumanTask> Mine(EcosystemDbContext db, TaskQuery query, Actor actor) =>
        Filter(db, query with { Role = null }).Where(task => task.Assignee == actor.Id && task.State != TaskState.Returned);

    private static IQueryable<TaskCandidate> Narrow(EcosystemDbContext db, IQueryable<TaskCandidate> rows, TaskQuery query)
    {
        if (query.Type is { Length: > 0 } type)
        {
            rows = rows.Where(candidate => candidate.Type == type);
        }

        if (query.Text is { Length: > 0 } text)
        {
            rows = rows.WhereContains(db, candidate => candidate.Title, text);
        }

        if (query.DueBefore is { } before)
        {
            var end = HumanTask.PlaceOf(before);
            rows = rows.Where(candidate => string.Compare(candidate.InboxKey, end) < 0);
        }

        return rows;
    }

    private static IQueryable<HumanTask> After(IQueryable<HumanTask> tasks, string? cursor) =>
        cursor is null ? tasks : tasks.Where(task => string.Compare(task.InboxKey, cursor) > 0);

    private static IQueryable<HumanTask> Filter(EcosystemDbContext db, TaskQuery query)
    {
        var tasks = db.Set<HumanTask>().AsQueryable();
        if (query.State is { } state)
        {
            tasks = tasks.Where(task => task.State == state);
        }
        else if (!query.All)
        {
            tasks = tasks.Where(task => task.IsOpen);
        }

        if (query.Role is { Length: > 0 } role)
        {
            var bar = $"|{role}|";
            tasks = tasks.Where(task => task.CandidateRoles.Contains(bar));
        }

        if (query.Assignee is { Length: > 0 } assignee)
        {
            tasks = tasks.Where(task => task.Assignee == assignee);
        }

        if (query.CaseId is { } caseId)
        {
            tasks = tasks.Where(task => task.CaseId == caseId);
        }

        if (query.Type is { Length: > 0 } type)
        {
            tasks = tasks.Where(task => task.Type == type);
        }

        if (query.Text is { Length: > 0 } text)
        {
            tasks = tasks.WhereContains(db, task => task.Title, text);
        }

        if (query.DueBefore is { } before)
        {
            var end = HumanTask.PlaceOf(before);
            tasks = tasks.Where(task => string.Compare(task.InboxKey, end) < 0);
        }

        return tasks;
    }
}
