using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tests.Conflicts;
using Ecosystem.Workflows.Tests.Deals;
using Ecosystem.Workflows.Tests.Incentives;
using Ecosystem.Workflows.Tests.Integration;
using Ecosystem.Workflows.Tests.Partners;
using Ecosystem.Workflows.Tests.Tasks;

namespace Ecosystem.Workflows.Tests.Storage;

/// <summary>
/// The tests that lean most on the database, on PostgreSQL: units of work, what a partner sees, inboxes, links, the outbox, money. All the
/// others run on it too with <c>ECOSYSTEM_TEST_DATABASE=PostgreSql</c>.
/// </summary>
public static class PostgreSqlTests
{
    public sealed class OfStorage : StorageSessionTests
    {
        protected override DatabaseProvider Provider => DatabaseProvider.PostgreSql;
    }

    public sealed class OfIsolation : PartnerIsolationTests
    {
        protected override DatabaseProvider Provider => DatabaseProvider.PostgreSql;
    }

    public sealed class OfTasks : TaskServiceTests
    {
        protected override DatabaseProvider Provider => DatabaseProvider.PostgreSql;
    }

    public sealed class OfTaskLinks : TaskLinkTests
    {
        protected override DatabaseProvider Provider => DatabaseProvider.PostgreSql;
    }

    public sealed class OfPayouts : PayoutRunBookTests
    {
        protected override DatabaseProvider Provider => DatabaseProvider.PostgreSql;
    }

    public sealed class OfDeals : DealServiceTests
    {
        protected override DatabaseProvider Provider => DatabaseProvider.PostgreSql;
    }

    public sealed class OfConflicts : ConflictTests
    {
        protected override DatabaseProvider Provider => DatabaseProvider.PostgreSql;
    }

    public sealed class OfOutbox : OutboxDispatcherTests
    {
        protected override DatabaseProvider Provider => DatabaseProvider.PostgreSql;
    }

    public sealed class OfPartners : PartnerServiceTests
    {
        protected override DatabaseProvider Provider => DatabaseProvider.PostgreSql;
    }
}
