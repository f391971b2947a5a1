namespace Ecosystem.Benchmarks;

/// <summary>A named group of measurements; <see cref="Program"/> finds every implementation in this assembly.</summary>
internal interface IBenchmarkSuite
{
    /// <summary>The name by which <c>bench.sh</c> runs it.</summary>
    string Name { get; }

    /// <summary>One line: what it measures and against what.</summary>
    string Description { get; }

    /// <summary>Measures, yielding each row as soon as it is known.</summary>
    IAsyncEnumerable<BenchmarkRow> RunAsync(CancellationToken cancellationToken);
}
