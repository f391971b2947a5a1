using Google.Protobuf.WellKnownTypes;
using Temporalio.Client;

namespace Ecosystem.Temporal.Tests.Sdk.Conformance;

/// <summary>The test service: time that is skipped.</summary>
internal static class TimeCalls
{
    public static async Task MakeAsync(TemporalClient client)
    {
        var test = client.Connection.TestService;
        await test.UnlockTimeSkippingAsync(new());
        await test.LockTimeSkippingAsync(new());
        await test.UnlockTimeSkippingWithSleepAsync(new() { Duration = Duration.FromTimeSpan(TimeSpan.FromHours(1)) });
        var now = (await test.GetCurrentTimeAsync(new())).Time.ToDateTime();
        Assert.InRange(now, DateTime.UtcNow.AddMinutes(59), DateTime.UtcNow.AddHours(2));
        await test.SleepAsync(new() { Duration = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(10)) });
        await test.SleepUntilAsync(new() { Timestamp = Timestamp.FromDateTime(now.AddMilliseconds(20)) });
        Assert.True((await test.GetCurrentTimeAsync(new())).Time.ToDateTime() >= now.AddMilliseconds(20));
    }
}
