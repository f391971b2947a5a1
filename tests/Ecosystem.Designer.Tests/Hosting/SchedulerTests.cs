using Ecosystem.Designer.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Ecosystem.Designer.Tests.Hosting;

/// <summary>The recurring work outlives the process.</summary>
public sealed class SchedulerTests : IDisposable
{
    private static readonly TriggerKey Payouts = new("payout-calendar");
    private readonly string _folder = Directory.CreateTempSubdirectory("ecosystem-scheduler-").FullName;

    [Theory]
    [InlineData("WAITING")]
    [InlineData("ERROR")]
    public async Task Start_WorkFellDueWhileNothingRan_IsMadeUpFor(string state)
    {
        await using (await StartAsync())
        {
        }

        await using (var store = new SqliteConnection($"Data Source={Path.Combine(_folder, "scheduler.db")};Pooling=false"))
        {
            await store.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = store.CreateCommand();
            command.CommandText = "UPDATE QRTZ_TRIGGERS SET NEXT_FIRE_TIME = NEXT_FIRE_TIME - $month, TRIGGER_STATE = $state WHERE TRIGGER_NAME = 'payout-calendar'";
            command.Parameters.AddWithValue("$month", TimeSpan.FromDays(31).Ticks);
            command.Parameters.AddWithValue("$state", state);
            Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        await using var host = await StartAsync();
        while ((await TriggerAsync(host)).PreviousFireTimeUtc is null)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Start_AfterAClockThatRanAhead_IsDueByThePresentOne()
    {
        await using (var ahead = await StartAsync("--clock-ahead", "300.00:00:00"))
        {
            Assert.True((await TriggerAsync(ahead)).NextFireTimeUtc > DateTimeOffset.UtcNow.AddDays(290));
        }

        await using var host = await StartAsync();
        Assert.True((await TriggerAsync(host)).NextFireTimeUtc < DateTimeOffset.UtcNow.AddDays(32));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<EcosystemHost> StartAsync(params string[] more)
    {
        var host = await EcosystemHost.BuildAsync(["--data", _folder, "--urls", "http://127.0.0.1:0", .. more], new Dictionary<string, string?>
        {
            ["Serilog:MinimumLevel:Default"] = "Warning",
        });
        await host.StartAsync();
        return host;
    }

    private static async Task<ITrigger> TriggerAsync(EcosystemHost host)
    {
        var scheduler = await host.App.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(TestContext.Current.CancellationToken);
        return (await scheduler.GetTrigger(Payouts, TestContext.Current.CancellationToken))!;
    }
}
