namespace Ecosystem.Designer.Components;

/// <summary>Where a case stands in its process, in few steps: what was done last, where it is now, and where it can go from there.</summary>
/// <param name="Before">How many steps were done before those that are shown.</param>
/// <param name="Done">The steps done last, in the order they were done.</param>
/// <param name="Now">The steps that wait or failed.</param>
/// <param name="Next">The ways on from there.</param>
internal sealed record ProcessStanding(
    int Before, IReadOnlyList<ProcessMapSource.Step> Done, IReadOnlyList<ProcessMapSource.Step> Now, IReadOnlyList<ProcessStanding.Way> Next)
{
    private const int Shown = 4;

    /// <summary>A way on.</summary>
    /// <param name="From">The step it leaves, where several are under way; else null.</param>
    /// <param name="Outcome">How that step has to end; null when there is but one way.</param>
    /// <param name="To">The step it leads to.</param>
    internal sealed record Way(string? From, string? Outcome, string To);

    /// <summary>Reads it off a process and the marks of a case.</summary>
    /// <param name="process">The process.</param>
    /// <param name="marks">What is known of its steps.</param>
    public static ProcessStanding Of(ProcessMapSource process, IReadOnlyDictionary<string, StepMark> marks)
    {
        var reached = process.Steps.Where(step => marks.ContainsKey(step.Id)).OrderBy(step => marks[step.Id].Order).ToList();
        var done = reached.FindAll(step => marks[step.Id].State == "done");
        var now = reached.FindAll(step => marks[step.Id].State is "waiting" or "failed");
        var titles = process.Steps.ToDictionary(step => step.Id, step => step.Title, StringComparer.Ordinal);
        var next = now.SelectMany(step => process.Links.Where(link => link.From == step.Id).Select(link => new Way(now.Count > 1 ? step.Title : null, link.Label, titles[link.To])));
        return new ProcessStanding(Math.Max(0, done.Count - Shown), [.. done.TakeLast(Shown)], now, [.. next]);
    }
}
