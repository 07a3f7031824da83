from bulletin_lint.cli.quick_import import install

install()
