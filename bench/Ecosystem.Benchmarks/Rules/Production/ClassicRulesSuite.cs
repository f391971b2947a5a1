using System.Runtime.CompilerServices;
using Ecosystem.Rules;
using Ecosystem.Rules.Fluent;
using Ecosystem.Rules.Fluent.Dsl;

namespace Ecosystem.Benchmarks.Rules.Production;

/// <summary>Programs that rule engines are traditionally compared with, beside CLIPS running the same rules.</summary>
internal sealed class ClassicRulesSuite : IBenchmarkSuite
{
    public string Name => "classics";

    public string Description => "the dinner party (Manners) and Waltz filtering, against CLIPS if it is installed";

    public async IAsyncEnumerable<BenchmarkRow> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var guests in new[] { 64, 128 })
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Manners(guests);
            await Task.Yield();
        }

        foreach (var cubes in new[] { 50, 500 })
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Waltz(cubes);
            await Task.Yield();
        }
    }

    private static ISessionFactory Compile(Rule[] rules)
    {
        var repository = new RuleRepository();
        repository.Load(x => x.From(rules));
        return repository.Compile();
    }

    private static BenchmarkRow Row(string name, double milliseconds, int result, (double Milliseconds, int Result)? clips)
    {
        if (clips is { } peer && peer.Result != result)
        {
            throw new InvalidOperationException($"{name}: the engine finds {result}, CLIPS {peer.Result}");
        }

        return new BenchmarkRow("classics", name, milliseconds, "ms", clips is null ? null : "CLIPS", milliseconds / clips?.Milliseconds);
    }

    private static BenchmarkRow Manners(int count)
    {
        var factory = Compile(MannersRules.All);
        var guests = MannersFacts.Guests(count);
        var seatings = 0;
        var measured = Measurement.Of(
            state =>
            {
                var session = (ISession)state!;
                session.Insert(new MannersFacts.Progress());
                session.Fire();
                seatings = session.Query<MannersFacts.Seating>().Count();
            },
            () =>
            {
                var session = factory.CreateSession();
                session.InsertAll(guests);
                session.Insert(new MannersFacts.LastSeat(count));
                return session;
            },
            warmUp: 300,
            rounds: 41);
        return Row($"Manners, {count} guests", measured.BestMilliseconds, seatings, Clips.Run(MannersRules.Clips(guests, count), 11));
    }

    private static BenchmarkRow Waltz(int cubes)
    {
        var factory = Compile(WaltzRules.All);
        var options = WaltzRules.Options(cubes);
        var left = 0;
        var measured = Measurement.Of(
            _ =>
            {
                var session = factory.CreateSession();
                session.InsertAll(options);
                session.Fire();
                left = session.Query<WaltzRules.Option>().Count();
            },
            warmUp: 20,
            rounds: 11);
        if (left != WaltzRules.Left(options))
        {
            throw new InvalidOperationException($"Waltz: {left} options are left, loops find {WaltzRules.Left(options)}");
        }

        return Row($"Waltz filtering, {cubes} cubes, {options.Count:#,0} options", measured.BestMilliseconds, left, Clips.Run(WaltzRules.Clips(options), 3));
    }
}
