using System.Collections.Concurrent;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Runs two versions of a ruleset over stored inputs and tells what changes, for whom and by how much. Changes nothing itself.</summary>
public static class RulesetImpact
{
    private const int BatchSize = 512;
    private const int MostTransitions = 10_000;

    /// <summary>Compares two versions.</summary>
    /// <param name="from">The version in force.</param>
    /// <param name="to">The version that may take its place.</param>
    /// <param name="cases">The stored decisions; read once, in order, while the run goes on.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <returns>The report. It does not depend on the number of threads.</returns>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static async Task<ImpactReport> RunAsync(
        Ruleset from, Ruleset to, IEnumerable<ImpactCase> cases, ImpactOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new ImpactOptions();
        var partials = new ConcurrentBag<Partial>();
        long done = 0;
        var spare = new ConcurrentBag<Partial>();
        await Parallel.ForEachAsync(
            cases.Chunk(BatchSize),
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Parallelism), CancellationToken = cancellation },
            (batch, stop) =>
            {
                if (!spare.TryTake(out Partial? partial))
                {
                    partial = new Partial(from, to, options.KeepChanges);
                    partials.Add(partial);
                }

                foreach (ImpactCase item in batch)
                {
                    stop.ThrowIfCancellationRequested();
                    partial.Run(item);
                }

                spare.Add(partial);
                long now = Interlocked.Add(ref done, batch.Length);
                if (now / 1024 != (now - batch.Length) / 1024)
                {
                    options.Progress?.Report(now);
                }

                return ValueTask.CompletedTask;
            }).ConfigureAwait(false);
        options.Progress?.Report(done);
        return Join(from, to, partials, options);
    }

    private static ImpactReport Join(Ruleset from, Ruleset to, IEnumerable<Partial> partials, ImpactOptions options)
    {
        var transitions = new Dictionary<(string, string, string), long>();
        var subjects = new Dictionary<string, Sums>(StringComparer.Ordinal);
        var changes = new List<ImpactChange>();
        long total = 0, changed = 0, failed = 0;
        decimal before = 0, after = 0;
        foreach (Partial partial in partials)
        {
            total += partial.Total;
            changed += partial.Changed;
            failed += partial.Failed;
            before += partial.MoneyBefore;
            after += partial.MoneyAfter;
            changes.AddRange(partial.Changes);
            foreach (((string, string, string) key, long count) in partial.Transitions)
            {
                transitions[key] = transitions.GetValueOrDefault(key) + count;
            }

            foreach ((string subject, Sums sums) in partial.Subjects)
            {
                subjects[subject] = subjects.TryGetValue(subject, out Sums? known) ? known.Plus(sums) : sums;
            }
        }

        return new ImpactReport(to.Document.Name, from.Document.Version, to.Document.Version)
        {
            Total = total,
            Changed = changed,
            Failed = failed,
            MoneyBefore = before,
            MoneyAfter = after,
            Transitions =
            [
                .. transitions.Select(t => new ImpactTransition(t.Key.Item1, t.Key.Item2, t.Key.Item3, t.Value))
                    .OrderByDescending(t => t.Count).ThenBy(t => t.Output, StringComparer.Ordinal).ThenBy(t => t.Before, StringComparer.Ordinal).ThenBy(t => t.After, StringComparer.Ordinal),
            ],
            Subjects =
            [
                .. subjects.Where(s => s.Key.Length > 0 && (s.Value.Changed > 0 || s.Value.Before != s.Value.After))
                    .Select(s => new ImpactSubject(s.Key, s.Value.Changed, s.Value.Before, s.Value.After))
                    .OrderByDescending(s => Math.Abs(s.MoneyAfter - s.MoneyBefore)).ThenByDescending(s => s.Changed).ThenBy(s => s.Subject, StringComparer.Ordinal),
            ],
            Changes = [.. changes.OrderBy(c => c.Id, StringComparer.Ordinal).Take(options.KeepChanges)],
        };
    }

    private sealed record Sums(long Changed, decimal Before, decimal After)
    {
        public Sums Plus(Sums other) => new(Changed + other.Changed, Before + other.Before, After + other.After);
    }

    /// <summary>What one thread found; never shared while a batch runs.</summary>
    private sealed class Partial(Ruleset from, Ruleset to, int keep)
    {
        private static readonly RulesetOptions Options = new() { Trace = false, IgnoreUnknownInputs = true };
        private readonly MoneyReader _moneyBefore = new(from.Document), _moneyAfter = new(to.Document);
        private readonly PriorityQueue<ImpactChange, string> _largest = new(Comparer<string>.Create((a, b) => string.CompareOrdinal(b, a)));

        public Dictionary<(string, string, string), long> Transitions { get; } = [];

        public Dictionary<string, Sums> Subjects { get; } = new(StringComparer.Ordinal);

        public IEnumerable<ImpactChange> Changes => _largest.UnorderedItems.Select(i => i.Element);

        public long Total { get; private set; }

        public long Changed { get; private set; }

        public long Failed { get; private set; }

        public decimal MoneyBefore { get; private set; }

        public decimal MoneyAfter { get; private set; }

        public void Run(ImpactCase item)
        {
            Total++;
            (IReadOnlyDictionary<string, object?>? old, string? oldError) = Evaluate(from, item);
            (IReadOnlyDictionary<string, object?>? now, string? newError) = Evaluate(to, item);
            decimal before = old is null ? 0 : _moneyBefore.Read(old, item.Subject, (s, m) => Add(s, new Sums(0, m, 0)));
            decimal after = now is null ? 0 : _moneyAfter.Read(now, item.Subject, (s, m) => Add(s, new Sums(0, 0, m)));
            MoneyBefore += before;
            MoneyAfter += after;
            if (oldError is not null || newError is not null)
            {
                Failed++;
            }

            List<ImpactDifference>? differences = Compare(old, oldError, now, newError);
            if (differences is null)
            {
                return;
            }

            Changed++;
            Add(item.Subject ?? "", new Sums(1, 0, 0));
            foreach (ImpactDifference difference in differences)
            {
                (string, string, string) key = (difference.Output, difference.Before, difference.After);
                if (Transitions.Count >= MostTransitions && !Transitions.ContainsKey(key))
                {
                    key = (difference.Output, ImpactTransition.Others, ImpactTransition.Others);
                }

                Transitions[key] = Transitions.GetValueOrDefault(key) + 1;
            }

            // The smallest ids are kept, whichever thread met them, so that the report is the same for any number of threads.
            _largest.Enqueue(new ImpactChange(item.Id, item.Subject, differences, before, after), item.Id);
            if (_largest.Count > keep)
            {
                _largest.Dequeue();
            }
        }

        private static (IReadOnlyDictionary<string, object?>? Outputs, string? Error) Evaluate(Ruleset ruleset, ImpactCase item)
        {
            try
            {
                return (ruleset.Evaluate(item.Inputs, Options).Outputs, null);
            }
            catch (RulesetException failure)
            {
                return (null, failure.Diagnostics[0].Message);
            }
        }

        private static List<ImpactDifference>? Compare(
            IReadOnlyDictionary<string, object?>? old, string? oldError, IReadOnlyDictionary<string, object?>? now, string? newError)
        {
            if (old is null || now is null)
            {
                return oldError == newError ? null : [new ImpactDifference("error", oldError ?? "decided", newError ?? "decided")];
            }

            List<ImpactDifference>? differences = null;
            foreach ((string name, object? value) in now)
            {
                if (!old.TryGetValue(name, out object? earlier))
                {
                    (differences ??= []).Add(new ImpactDifference(name, "not known", PlainWords.Of(value)));
                }
                else if (!ValueEquality.Same(earlier, value))
                {
                    (differences ??= []).Add(new ImpactDifference(name, PlainWords.Of(earlier), PlainWords.Of(value)));
                }
            }

            foreach ((string name, object? value) in old)
            {
                if (!now.ContainsKey(name))
                {
                    (differences ??= []).Add(new ImpactDifference(name, PlainWords.Of(value), "not known"));
                }
            }

            return differences;
        }

        private void Add(string subject, Sums sums) => Subjects[subject] = Subjects.TryGetValue(subject, out Sums? known) ? known.Plus(sums) : sums;
    }
}
