namespace Ecosystem.Rules.Feel;

/// <summary>One spare frame per thread, so that most evaluations allocate nothing.</summary>
internal static class FeelFramePool
{
    private const int SpareSlots = 16;

    [ThreadStatic]
    private static FeelFrame? spare;

    // A frame that function literals may keep (captures) is never lent out again.
    public static FeelFrame Rent(FeelOptions options, int slots, bool captures, IReadOnlyDictionary<string, object?>? variables, IFeelInputs? inputs, FeelBudget? budget = null)
    {
        var frame = spare;
        if (captures || frame is null || slots > SpareSlots)
        {
            frame = new FeelFrame(new FeelRun(), null, new FeelValue[captures ? slots : Math.Max(slots, SpareSlots)]);
        }
        else
        {
            spare = null;
        }

        frame.Run.Start(options, variables, inputs, budget);
        return frame;
    }

    public static void Return(FeelFrame frame, int slots, bool captures)
    {
        frame.Run.Finish();
        if (!captures && slots <= SpareSlots)
        {
            frame.Run.Clear();
            Array.Clear(frame.Slots, 0, slots);
            spare = frame;
        }
    }
}
