namespace Ecosystem.Temporal.Tests.Survival;

public sealed class CrashTests
{
    [Fact]
    public async Task Kill_TwentyTimesUnderLoad_LosesNothingAcknowledged() =>
        Assert.Empty(await CrashRun.RunAsync(20, 4711, (_, _) => { }, TestContext.Current.CancellationToken));
}
