using Ecosystem.Workflows.Incentives.Ledger;
using Ecosystem.Workflows.Incentives.Payouts;
using Ecosystem.Workflows.Incentives.Statements;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Incentives;

/// <summary>Registers the room.</summary>
internal static class IncentivesServices
{
    public static IServiceCollection AddIncentives(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(configuration.GetSection("Payouts").Get<PayoutOptions>() ?? new PayoutOptions())
        .AddSingleton<LedgerService>()
        .AddSingleton<StatementService>()
        .AddSingleton<IncentiveService>()
        .AddSingleton<PayeeService>()
        .AddSingleton<PayeeScreenings>()
        .AddSingleton<PayoutRunBook>()
        .AddSingleton<PayoutRunService>()
        .AddSingleton<PayoutActivities>();
}
