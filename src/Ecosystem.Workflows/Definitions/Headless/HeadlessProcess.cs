namespace Ecosystem.Workflows.Definitions;

/// <summary>One process of a headless run.</summary>
/// <param name="Id">Its instance id.</param>
/// <param name="Engine">The process.</param>
/// <param name="Parent">Who waits for it; null when nobody.</param>
internal sealed record HeadlessProcess(string Id, ProcessEngine Engine, HeadlessParent? Parent);

/// <summary>The process that started another one and waits for it.</summary>
internal sealed class HeadlessParent(HeadlessProcess process, long request, bool waits)
{
    internal HeadlessProcess Process { get; } = process;

    internal long Request { get; } = request;

    internal bool Waits { get; } = waits;

    internal bool Reported { get; set; }
}
