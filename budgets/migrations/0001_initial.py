"""The first tables; rows and amounts partitioned by fiscal year from the start."""

import budgets.models.disclosures
import django.contrib.postgres.fields
import django.core.files.storage
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from budgets.partitions import CreatePartitionedModel


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DataVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(default=0)),
                ('changed_at', models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name='FiscalYear',
            fields=[
                ('year', models.SmallIntegerField(primary_key=True, serialize=False, verbose_name='年度')),
            ],
            options={
                'verbose_name': '财政年度',
                'verbose_name_plural': '财政年度',
                'ordering': ['-year'],
            },
        ),
        migrations.CreateModel(
            name='ClassificationNode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(choices=[('functional', '支出功能分类'), ('economic_dept', '部门预算支出经济分类'), ('economic_gov', '政府预算支出经济分类')], max_length=16, verbose_name='分类')),
                ('code', models.CharField(db_collation='C', max_length=9, verbose_name='编码')),
                ('name', models.CharField(max_length=160, verbose_name='名称')),
                ('name_en', models.CharField(blank=True, max_length=200, verbose_name='英文名')),
                ('parent_code', models.CharField(blank=True, db_collation='C', max_length=9, verbose_name='上级编码')),
                ('year_from', models.SmallIntegerField(default=2000, verbose_name='自年度')),
                ('year_to', models.SmallIntegerField(default=9999, verbose_name='至年度')),
            ],
            options={
                'verbose_name': '分类科目',
                'verbose_name_plural': '分类科目',
                'ordering': ['scheme', 'code', '-year_to'],
                'constraints': [models.UniqueConstraint(fields=('scheme', 'code', 'year_from'), name='node_once'), models.CheckConstraint(condition=models.Q(('year_from__lte', models.F('year_to'))), name='node_years_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=120, unique=True, verbose_name='地址名')),
                ('name', models.CharField(max_length=255, verbose_name='名称')),
                ('name_en', models.CharField(blank=True, max_length=255, verbose_name='英文名')),
                ('code', models.CharField(blank=True, max_length=20, verbose_name='预算编码')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='成立')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='撤销')),
                ('initials', models.CharField(blank=True, db_index=True, max_length=255, verbose_name='拼音首字母')),
                ('is_invented', models.BooleanField(default=False, verbose_name='虚构')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='budgets.department', verbose_name='并入')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='units', to='budgets.department', verbose_name='主管部门')),
            ],
            options={
                'verbose_name': '部门',
                'verbose_name_plural': '部门',
                'ordering': ['region__slug', 'initials', 'name'],
            },
        ),
        migrations.CreateModel(
            name='DepartmentAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=120, unique=True)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_addresses', to='budgets.department')),
            ],
            options={
                'verbose_name': '部门旧地址',
                'verbose_name_plural': '部门旧地址',
            },
        ),
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.SmallIntegerField(verbose_name='年度')),
                ('stage', models.CharField(choices=[('budget', '预算'), ('final_accounts', '决算')], max_length=16, verbose_name='预算或决算')),
                ('scope', models.CharField(choices=[('department', '部门'), ('unit', '单位')], max_length=12, verbose_name='口径')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='公开日期')),
                ('overview', models.JSONField(blank=True, default=dict, verbose_name='概要')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disclosures', to='budgets.department', verbose_name='部门')),
            ],
            options={
                'verbose_name': '公开事项',
                'verbose_name_plural': '公开事项',
                'ordering': ['-fiscal_year', 'stage'],
            },
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='地址名')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='名称')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='英文名')),
                ('code', models.CharField(blank=True, max_length=6, verbose_name='行政区划代码')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='budgets.region', verbose_name='上级')),
            ],
            options={
                'verbose_name': '地区',
                'verbose_name_plural': '地区',
                'ordering': ['code', 'slug'],
            },
        ),
        migrations.AddField(
            model_name='department',
            name='region',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departments', to='budgets.region', verbose_name='地区'),
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=500, verbose_name='页面')),
                ('subject', models.CharField(blank=True, max_length=300, verbose_name='所指')),
                ('text', models.TextField(max_length=2000, verbose_name='内容')),
                ('contact', models.CharField(blank=True, max_length=200, verbose_name='联系方式')),
                ('sender', models.CharField(db_index=True, max_length=64)),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('answer', models.TextField(blank=True, verbose_name='答复')),
                ('answer_is_public', models.BooleanField(default=False, verbose_name='公开答复')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='办结')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='budgets.disclosure', verbose_name='公开事项')),
            ],
            options={
                'verbose_name': '读者来信',
                'verbose_name_plural': '读者来信',
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='版本')),
                ('snapshot', models.JSONField()),
                ('published_at', models.DateTimeField(verbose_name='发布时间')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='版本说明')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='撤回时间')),
                ('withdrawn_reason', models.CharField(blank=True, max_length=300, verbose_name='撤回理由')),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='budgets.disclosure')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '版本',
                'verbose_name_plural': '版本',
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='PublicEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(max_length=16)),
                ('label', models.CharField(blank=True, max_length=300)),
                ('old', models.TextField(blank=True)),
                ('new', models.TextField(blank=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='budgets.disclosure')),
                ('revision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='budgets.revision')),
            ],
            options={
                'verbose_name': '公开动态',
                'verbose_name_plural': '公开动态',
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.AddField(
            model_name='disclosure',
            name='current',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='current_of', to='budgets.revision', verbose_name='当前版本'),
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=200)),
                ('label', models.CharField(max_length=300)),
                ('old', models.TextField(blank=True)),
                ('new', models.TextField(blank=True)),
                ('reason', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='budgets.revision')),
            ],
            options={
                'verbose_name': '更正',
                'verbose_name_plural': '更正',
            },
        ),
        migrations.CreateModel(
            name='Rollup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.SmallIntegerField()),
                ('amount_year', models.SmallIntegerField()),
                ('phase', models.CharField(max_length=10)),
                ('stage', models.CharField(choices=[('budget', '预算'), ('final_accounts', '决算')], max_length=16)),
                ('scope', models.CharField(choices=[('department', '部门'), ('unit', '单位')], max_length=12)),
                ('scheme', models.CharField(choices=[('functional', '支出功能分类'), ('economic_dept', '部门预算支出经济分类'), ('economic_gov', '政府预算支出经济分类')], max_length=16)),
                ('code', models.CharField(db_collation='C', max_length=9)),
                ('measure', models.CharField(max_length=24)),
                ('fund', models.CharField(max_length=24)),
                ('yuan', models.DecimalField(decimal_places=2, max_digits=22)),
                ('departments', models.PositiveIntegerField(default=1)),
                ('department', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='rollups', to='budgets.department')),
                ('disclosure', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='rollups', to='budgets.disclosure')),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rollups', to='budgets.region')),
            ],
        ),
        migrations.CreateModel(
            name='SourceDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True, verbose_name='SHA-256')),
                ('file', models.FileField(max_length=120, storage=django.core.files.storage.FileSystemStorage(), upload_to=budgets.models.disclosures.find_original_path, verbose_name='文件')),
                ('filename', models.CharField(max_length=255, verbose_name='文件名')),
                ('kind', models.CharField(max_length=12, verbose_name='类型')),
                ('bytes', models.BigIntegerField(verbose_name='字节')),
                ('pages', models.IntegerField(default=0, verbose_name='页数')),
                ('source_url', models.URLField(blank=True, max_length=600, verbose_name='来源网址')),
                ('source_note', models.CharField(blank=True, max_length=300, verbose_name='来源说明')),
                ('is_public', models.BooleanField(default=False, verbose_name='公开原件')),
                ('taken_down_at', models.DateTimeField(blank=True, null=True, verbose_name='撤下时间')),
                ('taken_down_reason', models.CharField(blank=True, max_length=300, verbose_name='撤下理由')),
                ('stored_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': '原件',
                'verbose_name_plural': '原件',
                'constraints': [models.CheckConstraint(condition=models.Q(('taken_down_at__isnull', True), models.Q(('taken_down_reason', ''), _negated=True), _connector='OR'), name='take_down_has_reason', violation_error_message='撤下原件必须写明理由。')],
            },
        ),
        migrations.AddField(
            model_name='revision',
            name='documents',
            field=models.ManyToManyField(related_name='revisions', to='budgets.sourcedocument'),
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('key', models.CharField(max_length=40, verbose_name='表')),
                ('slug', models.CharField(max_length=48)),
                ('title', models.CharField(max_length=255, verbose_name='标题')),
                ('unit', models.CharField(blank=True, max_length=20, verbose_name='单位')),
                ('unit_factor', models.DecimalField(decimal_places=2, default=10000, max_digits=12)),
                ('columns', models.JSONField(default=list)),
                ('pages', models.JSONField(default=list)),
                ('declared_empty', models.BooleanField(default=False, verbose_name='空表说明')),
                ('canonical_for', models.CharField(blank=True, max_length=16)),
                ('row_count', models.PositiveIntegerField(default=0)),
                ('notes', models.JSONField(default=list)),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='budgets.disclosure')),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budgets.sourcedocument')),
            ],
            options={
                'verbose_name': '报表',
                'verbose_name_plural': '报表',
                'ordering': ['position'],
            },
        ),
        CreatePartitionedModel(
            name='LineItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.SmallIntegerField()),
                ('stage', models.CharField(choices=[('budget', '预算'), ('final_accounts', '决算')], max_length=16)),
                ('scope', models.CharField(choices=[('department', '部门'), ('unit', '单位')], max_length=12)),
                ('position', models.PositiveIntegerField()),
                ('block', models.PositiveSmallIntegerField(default=0)),
                ('side', models.CharField(blank=True, max_length=12)),
                ('kind', models.CharField(choices=[('item', '明细'), ('total', '合计'), ('subtotal', '小计'), ('of_which', '其中'), ('unit', '单位')], max_length=10)),
                ('code', models.CharField(blank=True, db_collation='C', max_length=12)),
                ('functional_code', models.CharField(blank=True, db_collation='C', max_length=9)),
                ('economic_dept_code', models.CharField(blank=True, db_collation='C', max_length=9)),
                ('economic_gov_code', models.CharField(blank=True, db_collation='C', max_length=9)),
                ('level', models.CharField(blank=True, max_length=12)),
                ('name', models.CharField(max_length=400)),
                ('parent_position', models.PositiveIntegerField(null=True)),
                ('unit_name', models.CharField(blank=True, max_length=255)),
                ('is_leaf', models.BooleanField()),
                ('is_canonical', models.BooleanField()),
                ('cells', models.JSONField(default=list)),
                ('page', models.IntegerField(null=True)),
                ('sheet', models.CharField(blank=True, max_length=80)),
                ('line', models.IntegerField(null=True)),
                ('row', models.IntegerField(null=True)),
                ('box', django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), null=True, size=4)),
                ('department', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budgets.department')),
                ('disclosure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='line_items', to='budgets.disclosure')),
                ('statement', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='line_items', to='budgets.statement')),
            ],
        ),
        CreatePartitionedModel(
            name='Amount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.SmallIntegerField()),
                ('column_key', models.CharField(max_length=80)),
                ('measure', models.CharField(max_length=24)),
                ('amount_year', models.SmallIntegerField()),
                ('phase', models.CharField(max_length=10)),
                ('fund', models.CharField(max_length=24)),
                ('carried', models.CharField(max_length=14)),
                ('quantity', models.CharField(max_length=8)),
                ('yuan', models.DecimalField(decimal_places=2, max_digits=20, null=True)),
                ('printed', models.CharField(blank=True, max_length=60)),
                ('printed_value', models.DecimalField(decimal_places=6, max_digits=24, null=True)),
                ('state', models.CharField(choices=[('amount', '金额'), ('zero', '零'), ('blank', '未填列'), ('dash', '横线')], max_length=6)),
                ('corrected', models.BooleanField(default=False)),
                ('page', models.IntegerField(null=True)),
                ('sheet', models.CharField(blank=True, max_length=80)),
                ('line', models.IntegerField(null=True)),
                ('row', models.IntegerField(null=True)),
                ('column', models.IntegerField(null=True)),
                ('box', django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), null=True, size=4)),
                ('disclosure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='amounts', to='budgets.disclosure')),
                ('line_item', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='amounts', to='budgets.lineitem')),
                ('statement', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='amounts', to='budgets.statement')),
            ],
        ),
        migrations.CreateModel(
            name='DepartmentAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255, verbose_name='名称')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='自')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='至')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='budgets.department', verbose_name='部门')),
            ],
            options={
                'verbose_name': '部门别名',
                'verbose_name_plural': '部门别名',
                'constraints': [models.UniqueConstraint(fields=('department', 'name'), name='department_alias_once')],
            },
        ),
        migrations.CreateModel(
            name='CheckResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('check_code', models.CharField(max_length=60, verbose_name='核对')),
                ('outcome', models.CharField(choices=[('match', '相符'), ('rounding', '舍入差异'), ('mismatch', '不符'), ('undetermined', '无法判断')], max_length=12, verbose_name='结果')),
                ('severity', models.CharField(choices=[('error', '错误'), ('warning', '提示'), ('info', '说明')], max_length=8, verbose_name='程度')),
                ('cause', models.CharField(blank=True, max_length=80, verbose_name='原因')),
                ('message', models.TextField()),
                ('message_en', models.TextField(blank=True)),
                ('left', models.DecimalField(decimal_places=6, max_digits=24, null=True)),
                ('right', models.DecimalField(decimal_places=6, max_digits=24, null=True)),
                ('difference', models.DecimalField(decimal_places=6, max_digits=24, null=True)),
                ('tolerance', models.DecimalField(decimal_places=6, max_digits=24, null=True)),
                ('unit', models.CharField(blank=True, max_length=20)),
                ('places', models.JSONField(default=list)),
                ('statements', models.JSONField(default=list)),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='check_results', to='budgets.disclosure')),
                ('other', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='budgets.disclosure')),
            ],
            options={
                'verbose_name': '核对结果',
                'verbose_name_plural': '核对结果',
                'ordering': ['position'],
                'indexes': [models.Index(fields=['outcome', 'severity'], name='check_by_outcome'), models.Index(fields=['disclosure', 'outcome'], name='check_by_disclosure')],
            },
        ),
        migrations.CreateModel(
            name='ExpectedDisclosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.SmallIntegerField(verbose_name='年度')),
                ('stage', models.CharField(choices=[('budget', '预算'), ('final_accounts', '决算')], max_length=16, verbose_name='预算或决算')),
                ('approved_on', models.DateField(blank=True, null=True, verbose_name='批复日期')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='expected', to='budgets.department', verbose_name='部门')),
            ],
            options={
                'verbose_name': '应公开事项',
                'verbose_name_plural': '应公开事项',
                'constraints': [models.UniqueConstraint(fields=('department', 'fiscal_year', 'stage'), name='expected_once')],
            },
        ),
        migrations.CreateModel(
            name='Explanation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cause', models.CharField(max_length=120, verbose_name='原因')),
                ('text', models.TextField(verbose_name='说明')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='explanations', to='budgets.disclosure')),
            ],
            options={
                'verbose_name': '发布单位的说明',
                'verbose_name_plural': '发布单位的说明',
                'constraints': [models.UniqueConstraint(fields=('disclosure', 'cause'), name='explanation_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='department',
            constraint=models.UniqueConstraint(fields=('region', 'name'), name='department_name_once', violation_error_message='这个地区已有同名部门。'),
        ),
        migrations.AddConstraint(
            model_name='department',
            constraint=models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='department_not_own_parent', violation_error_message='部门不能是自己的上级。'),
        ),
        migrations.AddConstraint(
            model_name='disclosure',
            constraint=models.UniqueConstraint(fields=('department', 'fiscal_year', 'stage'), name='disclosure_once'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='correction_has_reason', violation_error_message='更正必须写明理由。'),
        ),
        migrations.AddIndex(
            model_name='rollup',
            index=models.Index(fields=['scheme', 'code', 'fiscal_year', 'stage'], name='rollup_by_code'),
        ),
        migrations.AddIndex(
            model_name='rollup',
            index=models.Index(fields=['department', 'fiscal_year'], name='rollup_by_department'),
        ),
        migrations.AddIndex(
            model_name='rollup',
            index=models.Index(fields=['disclosure'], name='rollup_by_disclosure'),
        ),
        migrations.AddIndex(
            model_name='rollup',
            index=models.Index(fields=['region', 'fiscal_year', 'scheme'], name='rollup_by_region'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(fields=('disclosure', 'number'), name='revision_number_once'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawn_reason', ''), _negated=True), _connector='OR'), name='withdrawal_has_reason', violation_error_message='撤回必须写明理由。'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.UniqueConstraint(fields=('disclosure', 'slug'), name='statement_slug_once'),
        ),
        migrations.AddIndex(
            model_name='lineitem',
            index=models.Index(fields=['statement', 'position'], name='line_by_statement'),
        ),
        migrations.AddIndex(
            model_name='lineitem',
            index=models.Index(fields=['functional_code', 'fiscal_year', 'stage'], name='line_by_function'),
        ),
        migrations.AddIndex(
            model_name='lineitem',
            index=models.Index(fields=['economic_dept_code', 'fiscal_year', 'stage'], name='line_by_economic'),
        ),
        migrations.AddIndex(
            model_name='lineitem',
            index=models.Index(fields=['disclosure'], name='line_by_disclosure'),
        ),
        migrations.AddIndex(
            model_name='amount',
            index=models.Index(fields=['line_item'], name='amount_by_line'),
        ),
        migrations.AddIndex(
            model_name='amount',
            index=models.Index(fields=['statement'], name='amount_by_statement'),
        ),
        migrations.AddIndex(
            model_name='amount',
            index=models.Index(fields=['disclosure'], name='amount_by_disclosure'),
        ),
    ]
