using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Onboarding;
using Ecosystem.Workflows.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tests.Scheduling;

public sealed class RescreeningsTests : LifecycleTest
{
    // Whoever is stuck is still being screened; each day would begin another one beside it.
    [Theory]
    [InlineData(CaseStatus.Running)]
    [InlineData(CaseStatus.Incident)]
    public async Task RunAsync_TheDayAfterOneThatHasNotEnded_BeginsNoSecondOne(CaseStatus status)
    {
        var partner = await ActivePartnerAsync("due");
        await Storage.WriteAsync((db, _) =>
        {
            db.Add(new Screening
            {
                PartnerId = partner,
                Outcome = "approve",
                Risk = "low",
                ReviewRole = "ops",
                TaxForm = "VAT-ID",
                ListVersions = "",
                RescreenOn = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime),
                DecisionId = new DecisionId("dec-1"),
                At = Clock.GetUtcNow(),
            });
            return Task.CompletedTask;
        });
        Assert.Equal(1, await Get<Rescreenings>().RunAsync());
        await Storage.WriteAsync((db, token) => db.Set<CaseRecord>().Where(record => record.Kind == Rescreenings.Definition)
            .ExecuteUpdateAsync(set => set.SetProperty(record => record.Status, status), token));
        Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(0, await Get<Rescreenings>().RunAsync());
    }
}
