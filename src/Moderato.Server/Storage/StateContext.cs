using Microsoft.EntityFrameworkCore;
using Moderato.Server.Keys;
using Moderato.Server.Releases;
using Moderato.Server.Reviews;
using Moderato.Server.Webhooks;

namespace Moderato.Server.Storage;

/// <summary>What is changed by people: workspaces, keys, releases, the audit log. The decision log is plain SQL (<see cref="Store"/>).</summary>
public abstract class StateContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Workspace> Workspaces => Set<Workspace>();

    public DbSet<AccessKey> Keys => Set<AccessKey>();

    public DbSet<StoredRelease> Releases => Set<StoredRelease>();

    public DbSet<ModelFile> ModelFiles => Set<ModelFile>();

    public DbSet<ReleasePointer> ReleasePointers => Set<ReleasePointer>();

    public DbSet<ReleaseChange> ReleaseChanges => Set<ReleaseChange>();

    public DbSet<Redecision> Redecisions => Set<Redecision>();

    public DbSet<Label> Labels => Set<Label>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Workspace>().HasIndex(workspace => workspace.Name).IsUnique();
        modelBuilder.Entity<AccessKey>().HasIndex(key => key.Hash).IsUnique();
        modelBuilder.Entity<Label>().HasIndex(label => new { label.Workspace, label.ContentId });
        modelBuilder.Entity<Label>().HasIndex(label => label.Review);
        modelBuilder.Entity<StoredRelease>().HasKey(release => new { release.Workspace, release.Id });
        modelBuilder.Entity<ModelFile>().HasKey(file => file.Sha256);
        modelBuilder.Entity<ReleaseChange>().HasIndex(change => new { change.Workspace, change.Id });
        modelBuilder.Entity<Redecision>().HasIndex(redecision => redecision.State);
        modelBuilder.Entity<ReleasePointer>().HasKey(pointer => pointer.Workspace);
        modelBuilder.Entity<ReleasePointer>().Property(pointer => pointer.Workspace).ValueGeneratedNever();
    }
}
