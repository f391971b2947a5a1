using System.Text.Json;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Decisions;

/// <summary>Asks rulesets, and keeps what they answered with all that explains it.</summary>
/// <param name="storage">The database.</param>
/// <param name="rulesets">The rulesets.</param>
/// <param name="clock">The time.</param>
public sealed class DecisionService(StorageSession storage, IRulesets rulesets, TimeProvider clock)
{
    private const int BatchSize = 500;

    /// <summary>Evaluates the version in force on a day and adds the decision record to the unit of work.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="ruleset">The ruleset.</param>
    /// <param name="asOf">The day whose rules apply.</param>
    /// <param name="inputs">The inputs by name.</param>
    /// <param name="subject">What the decision is about.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="partner">The partner it concerns and who may see it; null when only the vendor may.</param>
    /// <returns>The decision.</returns>
    public Decision Decide(
        EcosystemDbContext db,
        string ruleset,
        DateOnly asOf,
        IReadOnlyDictionary<string, object?> inputs,
        Subject subject,
        Actor actor,
        PartnerId? partner = null)
    {
        var answer = rulesets.Evaluate(ruleset, asOf, inputs);
        var now = clock.GetUtcNow();
        var id = DecisionId.New(now);
        db.Append(new DecisionRecord
        {
            Id = id,
            Ruleset = answer.Ruleset,
            RulesetVersion = answer.Version,
            AsOf = asOf,
            SubjectKind = subject.Kind,
            SubjectId = subject.Id,
            PartnerId = partner,
            InputsJson = DecisionJson.Write(inputs),
            OutputsJson = DecisionJson.Write(answer.Outputs),
            TraceJson = answer.TraceJson,
            At = now,
            ActorId = actor.Id,
        });
        return new Decision(id, answer);
    }

    /// <summary>Like <see cref="Decide"/>, in a transaction of its own.</summary>
    /// <param name="ruleset">The ruleset.</param>
    /// <param name="asOf">The day whose rules apply.</param>
    /// <param name="inputs">The inputs by name.</param>
    /// <param name="subject">What the decision is about.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="partner">The partner it concerns, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The decision.</returns>
    public Task<Decision> EvaluateAsync(
        string ruleset,
        DateOnly asOf,
        IReadOnlyDictionary<string, object?> inputs,
        Subject subject,
        Actor actor,
        PartnerId? partner = null,
        CancellationToken cancellationToken = default) =>
        storage.WriteAsync((db, _) => Task.FromResult(Decide(db, ruleset, asOf, inputs, subject, actor, partner)), cancellationToken);

    /// <summary>Looks a decision up.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="actor">Who looks; an actor of a partner sees decisions about that partner only.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The decision, or null when there is none or the actor may not see it.</returns>
    public Task<DecisionView?> GetAsync(DecisionId id, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync(
        actor,
        async (db, token) => await db.Set<DecisionRecord>().FirstOrDefaultAsync(record => record.Id == id, token) is { } found ? DecisionView.Of(found) : null,
        cancellationToken);

    /// <summary>The decisions about one thing, oldest first.</summary>
    /// <param name="subject">The thing.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The decisions the actor may see.</returns>
    public Task<IReadOnlyList<DecisionView>> AboutAsync(Subject subject, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync<IReadOnlyList<DecisionView>>(
        actor,
        async (db, token) => [.. (await db.Set<DecisionRecord>()
            .Where(record => record.SubjectKind == subject.Kind && record.SubjectId == subject.Id)
            .OrderBy(record => record.At).ThenBy(record => record.Id)
            .ToListAsync(token)).Select(DecisionView.Of)],
        cancellationToken);

    /// <summary>Makes a decision again from its stored inputs with the version it was made with.</summary>
    /// <param name="id">The decision.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What came of it, or null when there is no such decision or the actor may not see it.</returns>
    public Task<DecisionReplay?> ReplayAsync(DecisionId id, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync(
        actor,
        async (db, token) => await db.Set<DecisionRecord>().FirstOrDefaultAsync(record => record.Id == id, token) is { } found ? Replay(found) : null,
        cancellationToken);

    /// <summary>Makes all decisions again.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many there are, and those that came out differently.</returns>
    public Task<DecisionReplayReport> ReplayAllAsync(CancellationToken cancellationToken = default) => storage.ReadAsync(
        async (db, token) =>
        {
            var (count, differentCount, last) = (0L, 0L, default(DecisionId?));
            List<DecisionReplay> different = [];
            while (true)
            {
                var page = new PageRequest(last?.Value, BatchSize);
                var batch = await db.Set<DecisionRecord>().PageById(record => record.Id, page).ToListAsync(token);
                foreach (var replay in batch.Take(page.Size).Select(Replay))
                {
                    count++;
                    last = replay.Id;
                    if (!replay.Same)
                    {
                        differentCount++;
                        if (different.Count < 100)
                        {
                            different.Add(replay);
                        }
                    }
                }

                if (batch.Count <= page.Size)
                {
                    return new DecisionReplayReport(count, different, differentCount);
                }
            }
        },
        cancellationToken);

    private DecisionReplay Replay(DecisionRecord record)
    {
        List<DecisionDifference> differences = [];
        try
        {
            using var inputs = JsonDocument.Parse(record.InputsJson);
            var answer = rulesets.EvaluateVersion(record.Ruleset, record.RulesetVersion, inputs.RootElement);
            var now = DecisionJson.Write(answer.Outputs);
            if (!string.Equals(now, record.OutputsJson, StringComparison.Ordinal))
            {
                differences.AddRange(Compare(record.OutputsJson, now));
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            differences.Add(new DecisionDifference("", record.OutputsJson, error.Message));
        }

        return new DecisionReplay(record.Id, record.Ruleset, record.RulesetVersion, differences);
    }

    private static IEnumerable<DecisionDifference> Compare(string thenJson, string nowJson)
    {
        var then = JsonElement.Parse(thenJson).EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetRawText(), StringComparer.Ordinal);
        var now = JsonElement.Parse(nowJson).EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetRawText(), StringComparer.Ordinal);
        return then.Keys.Union(now.Keys, StringComparer.Ordinal)
            .Select(name => new DecisionDifference(name, then.GetValueOrDefault(name), now.GetValueOrDefault(name)))
            .Where(difference => difference.Then != difference.Now);
    }
}
